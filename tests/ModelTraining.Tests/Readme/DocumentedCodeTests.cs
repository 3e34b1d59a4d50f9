using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelTraining.Tests.Readme;

/// <summary>Runs every block of C# in the README and the documents, in their order, as a reader would paste them.</summary>
[NonParallelizable]
internal sealed partial class DocumentedCodeTests
{
    /// <summary>Documents of packages that are left out where no feed has what they need: their own tests run them.</summary>
    private static readonly string[] OfOptionalPackages = ["gpu.md", "mlnet.md"];

    private static IEnumerable<string> Documents =>
        Directory.GetFiles(Path.Combine(TestData.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Where(path => !OfOptionalPackages.Contains(Path.GetFileName(path)))
            .Prepend(Path.Combine(TestData.Root, "README.md"))
            .Select(path => Path.GetRelativePath(TestData.Root, path))
            .Where(DocumentedCode.IsIn);

    [TestCaseSource(nameof(Documents))]
    public Task Code_asDocumented_runs(string document) => DocumentedCode.RunAsync(DocumentedCode.Of(document));

    [Test]
    public void Readme_length_isUnder150Lines() => Assert.That(File.ReadAllLines(Path.Combine(TestData.Root, "README.md")), Has.Length.LessThan(150));

    [Test]
    public async Task Readme_figure_isWhatComesOut()
    {
        var stated = double.Parse(StatedValue().Match(await File.ReadAllTextAsync(Path.Combine(TestData.Root, "README.md"))).Groups[1].Value, CultureInfo.InvariantCulture);

        var run = await Pipeline.From(Csv.File(Path.Combine(TestData.Root, "samples", "data", "breast-cancer-wdbc.csv"), label: "label")).Clean().Split().Train(Trees.GradientBoosting()).Evaluate().RunAsync();

        Assert.That(run.Evaluation["roc_auc"], Is.EqualTo(stated).Within(0.005));
    }

    [GeneratedRegex("\"value\":([0-9.]+)")]
    private static partial Regex StatedValue();
}
