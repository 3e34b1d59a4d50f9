using ModelTraining.Tests.PublicApi;

namespace ModelTraining.Tests;

/// <summary>As those of the other packages, beside whose listings this one's stands.</summary>
public class PublicApiTests
{
    [Test]
    public void PublicSurface_asApproved()
    {
        var approved = Path.Combine(TestData.Root, "tests", "ModelTraining.Tests", "PublicApi", "ModelTraining.TorchSharp.txt");
        var listing = Listing.Of(typeof(TorchSharpBackend).Assembly);
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1") File.WriteAllText(approved, listing);

        Assert.That(listing, Is.EqualTo(File.ReadAllText(approved)), "The public surface changed. If that is meant, run this test with UPDATE_PUBLIC_API=1 and commit the listing.");
    }
}
