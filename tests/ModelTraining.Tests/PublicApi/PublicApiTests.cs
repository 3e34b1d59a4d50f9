namespace ModelTraining.Tests.PublicApi;

/// <summary>Holds the public surface of each package against the listing that was approved, so that a change to it is seen in a diff.</summary>
internal sealed class PublicApiTests
{
    private static readonly Type[] OneOfEach = [typeof(Table), typeof(Onnx.OnnxFile), typeof(Predictor), typeof(Trees), typeof(Study), typeof(PostgreSqlStudyStorage), typeof(Pipeline), typeof(PipelineFactory)];

    [TestCaseSource(nameof(OneOfEach))]
    public void PublicSurface_asApproved(Type type)
    {
        var assembly = type.Assembly;
        var approved = Path.Combine(TestData.Root, "tests", "ModelTraining.Tests", "PublicApi", $"{assembly.GetName().Name}.txt");
        var listing = Listing.Of(assembly);
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1") File.WriteAllText(approved, listing);

        Assert.That(listing, Is.EqualTo(File.ReadAllText(approved)), "The public surface changed. If that is meant, run this test with UPDATE_PUBLIC_API=1 and commit the listing.");
    }
}
