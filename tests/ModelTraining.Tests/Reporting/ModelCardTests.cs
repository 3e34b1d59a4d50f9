using System.Text.RegularExpressions;
using ModelTraining.Tests.Compiling;
using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Reporting;

[NonParallelizable]
internal sealed partial class ModelCardTests
{
    private static readonly string[] Headings = ["Intended use", "Data", "Cleaning", "Evaluation", "What mattered", "What moves its predictions", "Limitations", "How to predict"];

    [Test]
    public async Task ToMarkdown_twoClasses_hasAllHeadings() => Assert.That(HeadingsOf((await ReportedRuns.Binary()).ToMarkdown()), Is.EqualTo(Headings));

    [Test]
    public async Task ToMarkdown_withoutEvaluate_saysSoAmongTheLimitations()
    {
        var card = (await ReportedRuns.WithoutEvaluation()).ToMarkdown();
        Assert.That(HeadingsOf(card), Is.EqualTo(Headings.Where(heading => heading != "Evaluation")));
        Assert.That(card, Does.Contain("- It was not evaluated").And.Not.Contain("model-index"));
    }

    [Test]
    public async Task ToMarkdown_cancelled_saysSoAmongTheLimitations() => Assert.That((await ReportedRuns.Cancelled()).ToMarkdown(), Does.Contain("- Training was cancelled"));

    [Test]
    public async Task ToMarkdown_withoutTrain_saysWhatIsMissing()
    {
        var run = await ReportedRuns.DataOnly();
        Assert.That(() => run.ToMarkdown(), Throws.InvalidOperationException.With.Message.Contains("Train"));
    }

    [Test]
    public async Task ToMarkdown_frontMatter_isWhatAModelHubReads()
    {
        var run = await ReportedRuns.Regression();
        var front = FrontMatter(run.ToMarkdown());
        Assert.Multiple(() =>
        {
            Assert.That(front, Does.Contain("library_name: modeltraining").And.Contain("pipeline_tag: \"tabular-regression\"").And.Contain("  - onnx"));
            Assert.That(front, Does.Contain("  - \"rmse\"").And.Contain("          - type: \"rmse\""));
            Assert.That(front, Has.All.Match(@"^( *)(- )?([a-z_-]+:( .+)?|""[^""]*""|[a-z]+)$"));
        });
    }

    [Test]
    public async Task ToMarkdown_hostileNames_stayText()
    {
        var card = (await ReportedRuns.Hostile()).ToMarkdown();
        var prose = Code().Replace(card, "")[(card.IndexOf("\n---\n", StringComparison.Ordinal) + 5)..];
        Assert.Multiple(() =>
        {
            Assert.That(HeadingsOf(card), Is.EqualTo(Headings), "a class with a heading in its name makes none");
            Assert.That(Regex.Count(card, "^---$", RegexOptions.Multiline), Is.EqualTo(2));
            Assert.That(Regex.Count(prose, @"(?<!\\)<(?!!--)"), Is.Zero, "no HTML but comments");
            Assert.That(Table().Matches(card).Select(table => table.Value.TrimEnd().Split('\n').Select(line => Regex.Count(line, @"(?<!\\)\|")).Distinct().Count()).ToList(), Has.Count.EqualTo(5).And.All.EqualTo(1), "as many cells in each row");
        });
    }

    [Test]
    public async Task ToMarkdown_file_isNamedWithoutItsFolders()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("shop.csv"), Given.ShopCsv(300));
        var run = await Pipeline.From(Csv.File(folder.File("shop.csv"), label: "returns")).Clean().Split().Train(Given.SmallTrees).Evaluate().RunAsync();
        Assert.That(run.ToMarkdown(), Does.Contain("shop.csv").And.Not.Contain(folder.Path));
    }

    [Test]
    public async Task ToMarkdown_data_holdsNoValueOfIt()
    {
        var card = (await ReportedRuns.Binary()).ToMarkdown();
        Assert.That(card, Does.Not.Contain("c00001"));
        Assert.That(Code().Match(card).Value, Does.Contain("[\"spent\"] = 0.5,").And.Contain("[\"plan\"] = \"…\",").And.Contain("[\"since\"] = new DateTime(").And.Not.Contain("customer"));
    }

    [TestCase("returns")]
    [TestCase("spent")]
    public async Task ToMarkdown_code_predictsWithTheExportedModel(string label)
    {
        using var folder = new TemporaryFolder();
        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder.Path;
        try
        {
            var source = Csv.Text(Given.ShopCsv(300), label: label, options => options with { Ids = ["customer"] });
            var run = await Pipeline.From(source).Clean().Split().Train(Given.SmallTrees).Evaluate().Export("shop.onnx").RunAsync();
            Assert.That(run.ToMarkdown(), Does.Contain("\n# shop\n").And.Contain("  - name: \"shop\"\n"));
            await Snippet.RunAsync(Code().Match(run.ToMarkdown()).Groups[1].Value);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Test]
    public async Task ToMarkdown_codeWithHostileNames_compiles() =>
        Assert.That(Snippet.Errors(Code().Match((await ReportedRuns.Hostile()).ToMarkdown()).Groups[1].Value), Is.Empty);

    [TestCase("a\"b\\c", ExpectedResult = "\"a\\\"b\\\\c\"")]
    [TestCase("a\nb\u2028c\u0007", ExpectedResult = "\"a\\u000ab\\u2028c\\u0007\"")]
    [TestCase("größe", ExpectedResult = "\"größe\"")]
    public string Quoted_text_isEscaped(string text) => Quoted.Of(text).Text;

    private static IEnumerable<string> HeadingsOf(string card) => Heading().Matches(card).Select(heading => heading.Groups[1].Value);

    private static string[] FrontMatter(string card) => card.Split("\n---\n")[0].Split('\n')[1..];

    [GeneratedRegex(@"^(\|.*\n)+", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex("^## (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```csharp\\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();
}
