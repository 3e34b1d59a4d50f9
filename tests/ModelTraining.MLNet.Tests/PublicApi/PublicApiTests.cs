namespace ModelTraining.Tests.PublicApi;

/// <summary>Holds the public surface against the listing that was approved, so that a change to it is seen in a diff.</summary>
internal sealed class PublicApiTests
{
    private static readonly Type[] OneOfEach = [typeof(MLNet), typeof(MLNetLightGbm), typeof(MLNetMkl), typeof(MLNetAutoML), typeof(MLNetRecommender)];

    [TestCaseSource(nameof(OneOfEach))]
    public void PublicSurface_asApproved(Type type)
    {
        var assembly = type.Assembly;
        var approved = Path.Combine(TestData.Root, "tests", "ModelTraining.MLNet.Tests", "PublicApi", $"{assembly.GetName().Name}.txt");
        var listing = Listing.Of(assembly);
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1") File.WriteAllText(approved, listing);

        Assert.That(listing, Is.EqualTo(File.ReadAllText(approved)), "The public surface changed. If that is meant, run this test with UPDATE_PUBLIC_API=1 and commit the listing.");
    }
}
