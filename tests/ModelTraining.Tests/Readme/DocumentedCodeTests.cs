using System.Globalization;
using System.Text.RegularExpressions;
using ModelTraining.Tests.Compiling;

namespace ModelTraining.Tests.Readme;

/// <summary>Runs every block of C# in the README and the documents, in their order, as a reader would paste them.</summary>
[NonParallelizable]
internal sealed partial class DocumentedCodeTests
{
    /// <summary>Documents of packages that are left out where no feed has what they need: their own tests run them.</summary>
    private static readonly string[] OfOptionalPackages = ["mlnet.md"];

    private static IEnumerable<string> Documents =>
        Directory.GetFiles(Path.Combine(TestData.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Where(path => !OfOptionalPackages.Contains(Path.GetFileName(path)))
            .Prepend(Path.Combine(TestData.Root, "README.md"))
            .Where(path => CodeBlock().IsMatch(File.ReadAllText(path)))
            .Select(path => Path.GetRelativePath(TestData.Root, path));

    [TestCaseSource(nameof(Documents))]
    public async Task Code_asDocumented_runs(string document)
    {
        var code = string.Join("\n", CodeBlock().Matches(await File.ReadAllTextAsync(Path.Combine(TestData.Root, document))).Select(block => block.Groups[1].Value));
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("samples/data"));
        foreach (var file in Directory.GetFiles(Path.Combine(TestData.Root, "samples", "data"))) File.Copy(file, folder.File($"samples/data/{Path.GetFileName(file)}"));
        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder.Path;
        try
        {
            await Snippet.RunAsync(code);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

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

    [GeneratedRegex("^```csharp\\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();
}
