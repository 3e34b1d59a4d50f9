using System.Globalization;
using System.Text.RegularExpressions;
using ModelTraining.Tests.Compiling;
using ModelTraining.Tests.Processes;

namespace ModelTraining.Tests.Scripts;

/// <summary>
/// Runs samples/scripts: each compiled here, since the SDK takes seconds to start one, and one through the SDK, which reads the lines that say what a script needs.
/// </summary>
[NonParallelizable]
internal sealed partial class ScriptTests
{
    private static readonly string Folder = Path.Combine(TestData.Root, "samples", "scripts");

    private static IEnumerable<string> Scripts => Directory.GetFiles(Folder, "*.cs").Select(path => Path.GetFileName(path));

    [Test]
    public async Task TrainThenPredict_ofAFileOfRows_tellsItsClasses()
    {
        using var place = new Workplace();
        await RunAsync("train.cs", "samples/data/wine.csv", "label", "wine.onnx");
        await RunAsync("predict.cs", "wine.onnx", "samples/data/wine.csv");

        var expected = File.ReadLines("samples/data/wine.csv").Skip(1).Select(line => line.Split(',')[^1]).ToList();
        var predicted = Predicted().Matches(place.Output).Select(match => match.Groups[1].Value).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.Exists("wine.html"));
            Assert.That(predicted, Has.Count.EqualTo(expected.Count));
            Assert.That(predicted.Zip(expected).Count(pair => pair.First == pair.Second), Is.GreaterThan(0.95 * expected.Count));
        }
    }

    [Test]
    public async Task Compare_ofTrainersOnTheSameRows_exportsOneThatBeatsTheBaseline()
    {
        using var place = new Workplace();
        await RunAsync("compare.cs");

        var losses = Losses().Matches(place.Output).ToDictionary(match => match.Groups[1].Value, match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        var best = losses.MinBy(loss => loss.Value).Key;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(losses, Has.Count.EqualTo(5));
            Assert.That(losses[best], Is.LessThan(0.5 * losses["baseline"]));
            Assert.That(place.Output, Does.Contain($"{best}: {place.File("best.onnx")}"));
            Assert.That(File.Exists("best.onnx"));
        }
    }

    [Test]
    public async Task Folds_ofTrainersOnTheSameFolds_keepsTheBest()
    {
        using var place = new Workplace();
        await RunAsync("folds.cs");

        var losses = Losses().Matches(place.Output).ToDictionary(match => match.Groups[1].Value, match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(losses, Has.Count.EqualTo(3).And.All.Matches<KeyValuePair<string, double>>(loss => loss.Value < 0.5));
            Assert.That(place.Output, Does.Contain($"{losses.MinBy(loss => loss.Value).Key}:").And.Contain("cross-validation, 5 folds, stratified, repeated 2 times"));
            Assert.That(place.Output, Does.Contain($"{place.File("folds.onnx")}, learned from "));
        }
    }

    [Test]
    public async Task Profile_ofAFileOfRows_tellsWhatItIsLikeAndWritesAPage()
    {
        using var place = new Workplace();
        await RunAsync("profile.cs", "samples/data/breast-cancer-wdbc.csv", "label", "profile.html");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(place.Output, Does.Contain("569 rows, 31 columns"));
            Assert.That(place.Output, Does.Contain("Columns 'mean_radius' and 'mean_perimeter' tell nearly the same"));
            Assert.That(place.Output, Does.Match(@"After cleaning: \d+ of \d+ warnings are left\."));
            Assert.That(File.ReadAllText("profile.html").Contains("mean_radius", StringComparison.Ordinal));
        }
    }

    [Test]
    public async Task Registry_ofThreeRuns_putsTheBestIntoUse()
    {
        using var place = new Workplace();
        await RunAsync("registry.cs");

        var losses = TrackedLosses().Matches(place.Output).ToDictionary(match => match.Groups[2].Value, match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.That(losses.Keys, Is.EquivalentTo(new[] { "wine/1", "wine/2", "wine/3" }));
        Assert.That(place.Output, Does.Contain($"In production: {losses.MinBy(loss => loss.Value).Key}, Trees.GradientBoosting"));
    }

    [Test]
    public async Task Census_ofTheCensus_isAsGoodAsTheSampleSays()
    {
        var census = TestData.Shared("tabular/adult.csv");
        using var place = new Workplace();
        await RunAsync("census.cs", census);

        Assert.That(double.Parse(RocAuc().Match(place.Output).Groups[1].Value, CultureInfo.InvariantCulture), Is.GreaterThan(0.92));
        Assert.That(File.Exists("census.onnx"));
    }

    [Test]
    public async Task Records_throughTheSdk_explainMostOfTheRent()
    {
        using var folder = new TemporaryFolder();
        var output = await DotnetCommand.RunAsync(folder.Path, null, "run", Path.Combine(Folder, "records.cs"), "-c", Built.Configuration);

        var explained = Explained().Matches(output).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.That(explained, Has.Count.EqualTo(2).And.All.GreaterThan(0.85), output);
    }

    [TestCaseSource(nameof(Scripts))]
    public void Script_says_howItIsRun(string script) =>
        Assert.That(File.ReadAllText(Path.Combine(Folder, script)), Does.Contain("#:project ../../src/ModelTraining/ModelTraining.csproj").And.Contain($"//   dotnet run samples/scripts/{script}"));

    private static async Task RunAsync(string script, params string[] arguments) =>
        Assert.That(await Snippet.RunAsync(await File.ReadAllTextAsync(Path.Combine(Folder, script)), arguments), Is.Zero, script);

    [GeneratedRegex(@"^(class_\d),", RegexOptions.Multiline)]
    private static partial Regex Predicted();

    [GeneratedRegex(@"^(.+?) +log loss ([0-9.]+)", RegexOptions.Multiline)]
    private static partial Regex Losses();

    [GeneratedRegex(@"Completed, log loss ([0-9.]+), \d+ points of its curve, model (wine/\d)$", RegexOptions.Multiline)]
    private static partial Regex TrackedLosses();

    [GeneratedRegex(@"^roc_auc +([0-9.]+)", RegexOptions.Multiline)]
    private static partial Regex RocAuc();

    [GeneratedRegex(@"R² ([0-9.]+)")]
    private static partial Regex Explained();
}
