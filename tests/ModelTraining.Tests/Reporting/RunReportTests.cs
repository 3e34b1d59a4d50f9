using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Reporting;

internal sealed partial class RunReportTests
{
    private static readonly string[] OfEveryModel = ["How good it is", "How it learned, and what mattered", "What it goes by", "What the data was", "What cleaning did", "What becomes of a row before the model sees it", "How rows were split", "What was asked for, and how long it took"];

    [Test]
    public async Task ToHtml_twoClasses_hasAllSectionsAndPictures()
    {
        var report = Article(await ReportedRuns.Binary());
        Assert.Multiple(() =>
        {
            Assert.That(Headings(report), Is.EquivalentTo(OfEveryModel.Append("How classes are told apart")));
            Assert.That(Figures(report), Is.EquivalentTo(new[] { "Confusion matrix", "ROC curve", "Precision-recall curve", "Calibration", "Learning curve", "Importances", "SHAP values" }));
        });
    }

    [Test]
    public async Task ToHtml_moreClasses_hasACurveForEachAndFiguresClassByClass()
    {
        var report = Article(await ReportedRuns.Multiclass());
        var roc = report.Descendants("figure").Single(figure => (string)figure.Element("figcaption")! == "ROC curve");
        Assert.Multiple(() =>
        {
            Assert.That(roc.Descendants("li").Select(item => item.Value.Trim().Split(':')[0]), Is.EqualTo(new[] { "a guess", "Premium", "basic", "family" }));
            Assert.That(report.Descendants("h3").Select(heading => heading.Value), Does.Contain("Class by class"));
            Assert.That(roc.Descendants("text").Select(text => text.Value), Does.Not.Contain("at 0.5"), "only two classes have one threshold");
        });
    }

    [Test]
    public async Task ToHtml_numbers_hasPredictionsAndResiduals()
    {
        var report = Article(await ReportedRuns.Regression());
        Assert.Multiple(() =>
        {
            Assert.That(Headings(report), Is.EquivalentTo(OfEveryModel.Append("How far off predictions are")));
            Assert.That(Figures(report), Is.EquivalentTo(new[] { "Predicted against actual", "Residuals", "Learning curve", "Importances", "SHAP values" }));
            Assert.That(report.Descendants("th").Select(cell => cell.Value), Does.Contain("median label"));
        });
    }

    [Test]
    public async Task ToHtml_tuningOfSeveralTrainers_showsTheEndsOfTheirLongNames()
    {
        var run = await Given.ShopPipeline(200).Tune(space =>
        {
            var (rate, rows) = (space.Float("GradientBoosting.LearningRate", 0.05, 0.3), space.Int("GradientBoosting.MinRowsPerLeaf", 2, 40));
            return trial => Trees.GradientBoosting(o => o with { Trees = 2, LearningRate = trial.Get(rate), MinRowsPerLeaf = trial.Get(rows) });
        }, o => o with { Trials = 14 }).Evaluate().RunAsync();
        var names = Article(run).Descendants("figure").Where(figure => (string)figure.Element("figcaption")! is "Settings and values" or "Importance of parameters")
            .Select(figure => figure.Descendants("text").Select(text => text.Value).ToList());
        Assert.That(names, Has.Exactly(2).Items.And.All.Some.EndsWith("LearningRate").And.All.Some.EndsWith("MinRowsPerLeaf"));
    }

    [Test]
    public async Task ToHtml_networkWithFinders_showsWhatTheyFound()
    {
        var run = await ReportedRuns.Of(ModelTraining.Networks.Mlp(o => o with { Hidden = [8], Epochs = 2, LearningRateFinder = new LearningRateFinder(), BatchSizeFinder = new BatchSizeFinder { MaxBatchSize = 32 } }));
        var report = Article(run);
        var model = (NetworkModel)run.Model;
        Assert.That(Figures(report), Does.Contain("Learning rates").And.Contain("Memory of batch sizes"));
        var rates = report.Descendants("figure").Single(figure => (string)figure.Element("figcaption")! == "Learning rates");
        Assert.That(rates.Descendants("text").Select(text => text.Value), Does.Contain(ReportNumber.Short(model.FoundLearningRate!.LearningRate)).And.Contain("1E-5").And.Contain("10"));
        var sizes = report.Descendants("figure").Single(figure => (string)figure.Element("figcaption")! == "Memory of batch sizes");
        Assert.That(sizes.Descendants("text").Select(text => text.Value), Does.Contain($"{model.FoundBatchSize!.BatchSize} rows").And.Contain("8").And.Contain("32"));
    }

    [Test]
    public async Task ToHtml_linearModel_saysWhatItsImportancesAre()
    {
        var report = Article(await ReportedRuns.Of(Linear.Logistic()));
        Assert.That(Figures(report), Does.Contain("Importances"));
        Assert.That(report.Value, Does.Contain("coefficients").And.Not.Contain("splits took off"));
    }

    [Test]
    public async Task ToHtml_shapValues_areADotForEachRowInTheColourOfItsValue()
    {
        var run = await ReportedRuns.Binary();
        var figure = Article(run).Descendants("figure").Single(figure => (string)figure.Element("figcaption")! == "SHAP values");
        var swarms = figure.Element("svg")!.Elements("g").ToDictionary(group => group.Element("text")!.Value, group => group.Elements("path").ToList());
        var dots = swarms["spent"].Sum(path => path.Attribute("d")!.Value.Count(character => character == 'M'));
        Assert.Multiple(() =>
        {
            Assert.That(dots, Is.EqualTo(run.Split.TestRows.Length));
            Assert.That(swarms["spent"].Select(path => (string)path.Attribute("class")!), Is.SupersetOf(new[] { "swarm v0", "swarm v4", "swarm vn" }), "some are missing");
            Assert.That(swarms["plan"].Select(path => (string)path.Attribute("class")!).Distinct(), Is.EqualTo(new[] { "swarm vn" }), "text has no order");
            Assert.That(figure.Descendants("title").Select(title => title.Value), Has.Some.Contain("spent").And.Some.Contain("more of it raises the prediction"));
            Assert.That(figure.Value, Does.Contain("log-odds of yes").And.Contain("low value").And.Contain("without order, or missing"));
        });
    }

    [Test]
    public async Task ToHtml_explained_hasPermutationImportances()
    {
        var run = await Given.ShopPipeline(300).Train(Given.SmallTrees).Explain(options => options with { Rows = 0, Repeats = 2 }).RunAsync();
        var figures = Article(run).Descendants("figure").ToDictionary(figure => (string)figure.Element("figcaption")!);
        Assert.That(figures.Keys, Does.Contain("Permutation importances").And.Not.Contain("SHAP values"));
        Assert.That(figures["Permutation importances"].Descendants("text").Select(text => text.Value), Has.Some.Match(@"^0\.\d{4} ± 0\.\d{4}$"));
        Assert.That(run.ToMarkdown(), Does.Contain("## What it would miss").And.Not.Contain("## What moves its predictions"));
        Assert.That(run.ToHtml(), Does.Contain("<code>Repeats</code> 2"));
    }

    [Test]
    public async Task ToHtml_shapValuesOfMoreClasses_areBars()
    {
        var figure = Article(await ReportedRuns.Multiclass()).Descendants("figure").Single(figure => (string)figure.Element("figcaption")! == "SHAP values");
        Assert.That(figure.Descendants("rect").Count(), Is.GreaterThan(2));
        Assert.That(figure.Value, Does.Contain("summed over the classes"));
    }

    [Test]
    public async Task ToHtml_tuned_showsTrialsSettingsImportancesAndLeaderboard()
    {
        var run = await Given.ShopPipeline(200).Tune(
            space =>
            {
                var kind = space.Choice("kind", "plain", "<b>dart</b>");
                var drop = space.When(kind, "<b>dart</b>").Float("drop", 0.05, 0.5);
                var leaves = space.Int("leaves", 2, 31, log: true);
                return trial => trial.Number == 5
                    ? throw new InvalidOperationException("out of luck & <i>memory</i>")
                    : Trees.GradientBoosting(o => o with { Trees = 5, Leaves = trial.Get(leaves), Dart = trial.Has(drop) ? new DartOptions { DropRate = trial.Get(drop) } : null });
            },
            o => o with { Trials = 14 }).Evaluate().RunAsync();
        var report = Article(run);
        var figures = report.Descendants("figure").ToDictionary(figure => (string)figure.Element("figcaption")!);

        Assert.That(Headings(report), Does.Contain("How its settings were found"));
        Assert.That(figures["Settings and values"].Descendants("path").Count(path => ((string)path.Attribute("class")!).StartsWith("trial", StringComparison.Ordinal)), Is.EqualTo(13));
        Assert.That(figures["Settings and values"].Descendants("text").Select(text => text.Value), Is.SupersetOf(new[] { "kind", "drop", "leaves", "roc_auc", "plain", "<b>dart</b>" }));
        Assert.That(figures["Settings and values"].Value, Does.Contain("Below a scale are trials that do not have the parameter."));
        Assert.That(figures["Trials"].Value, Does.Contain($"The best is trial {run.Report<TuneReport>()!.Best.Number}, the first being 0"));
        Assert.That(figures["Importance of parameters"].Descendants("rect").Count(), Is.EqualTo(3));
        Assert.That(report.Value, Does.Contain("14 trials: 13 complete, 0 given up early, 1 failed").And.Contain("1 trial: out of luck & <i>memory</i>"));
        SvgNumbers.Check(run.ToHtml());
    }

    [Test]
    public async Task ToHtml_guess_hasNothingThatMattered()
    {
        var run = await ReportedRuns.Of(Baselines.Constant());
        Assert.That(Headings(Article(run)), Is.EquivalentTo(OfEveryModel.Append("How classes are told apart").Except(["How it learned, and what mattered", "What it goes by"])));
        Assert.That(run.ToMarkdown(), Does.Not.Contain("What mattered").And.Contain("It is no better than the baseline by roc\\_auc"));
    }

    [Test]
    public async Task ToHtml_cancelled_saysSo() => Assert.That((await ReportedRuns.Cancelled()).ToHtml(), Does.Contain("Cancelled: the model is the best one so far."));

    [Test]
    public async Task ToHtml_withoutEvaluate_saysThatNothingIsKnown()
    {
        var report = Article(await ReportedRuns.WithoutEvaluation());
        Assert.That(Headings(report), Is.EquivalentTo(OfEveryModel));
        Assert.That(report.Value, Does.Contain("how good the model is on rows that it has not seen is not known"));
    }

    [Test]
    public async Task ToHtml_dataOnly_showsTheData() =>
        Assert.That(Headings(Article(await ReportedRuns.DataOnly())), Is.EqualTo(new[] { "What the data was", "What cleaning did", "What was asked for, and how long it took" }));

    [Test]
    public async Task ToHtml_columns_haveTypeRoleAndMissingValues()
    {
        var run = await ReportedRuns.Binary();
        var cells = Article(run).Descendants("tr").Single(row => (string?)row.Element("th") == "age").Elements("td").Select(cell => cell.Value).ToList();
        Assert.That(cells, Is.EqualTo(new[] { "integer", "feature", "18 to 77", "18", "6.0 %", "yes" }));
        Assert.That(Given.ShopCsv(300).Split('\n').Count(line => line.Contains(",?,")), Is.EqualTo(18));
    }

    [Test]
    public async Task ToHtml_warnings_comeBeforeEverythingElse()
    {
        var run = await ReportedRuns.Hostile();
        Assert.That(run.Warnings.Single(), Does.Contain("<script>"));
        var sections = Article(run).Elements("section").ToList();
        Assert.That((string?)sections[0].Attribute("class"), Is.EqualTo("warn"));
        Assert.That(sections[0].Descendants("li").Count(), Is.EqualTo(run.Warnings.Count));
    }

    [Test]
    public async Task ToHtml_hostileNames_stayText()
    {
        var run = await ReportedRuns.Hostile();
        var html = run.ToHtml();
        Assert.Multiple(() =>
        {
            Assert.That(html, Does.Not.Contain("<script").And.Not.Contain("<img").And.Not.Contain("</title><s"));
            Assert.That(html, Does.Contain("&lt;script&gt;alert(1)&lt;/script&gt;").And.Contain("&lt;b&gt;row 3&lt;/b&gt; &amp; more"));
            Assert.That(html.Where(character => char.IsControl(character) && character != '\n'), Is.Empty);
            Assert.That(Article(run).Descendants("code").Select(code => code.Value), Does.Contain("<script>alert(1)</script>"));
        });
    }

    [Test]
    public async Task ToHtml_page_needsNothingElse()
    {
        foreach (var run in new[] { await ReportedRuns.Binary(), await ReportedRuns.Regression() })
        {
            var html = run.ToHtml();
            Assert.Multiple(() =>
            {
                Assert.That(html, Does.StartWith("<!DOCTYPE html>").And.Contain("default-src 'none'"));
                Assert.That(ExternalReference().Matches(html).Select(match => match.Value), Is.Empty);
                Assert.That(html, Has.Length.LessThan(500_000));
            });
            SvgNumbers.Check(html);
        }
    }

    [Test]
    public async Task ToHtml_classesOfTheStyle_areOnlyWithinTheReport()
    {
        var style = Article(await ReportedRuns.DataOnly(), withStyle: true).Element("style")!.Value;
        var selectors = Selector().Matches(style).Select(match => match.Groups[1].Value.Trim()).Where(selector => !selector.StartsWith('@')).SelectMany(selector => selector.Split(',')).ToList();
        Assert.That(selectors, Has.Count.GreaterThan(40).And.All.StartsWith(".mt-report"));
    }

    [Test]
    public async Task ToHtml_standingClock_givesTheSameBytes()
    {
        var (one, other) = (await ReportedRuns.Binary(), await ReportedRuns.Binary());
        Assert.That(other.ToHtml(), Is.EqualTo(one.ToHtml()));
        Assert.That(one.ToHtml(), Does.Contain("2026-01-01 12:00:00 UTC"));
        Assert.That(other.ToMarkdown(), Is.EqualTo(one.ToMarkdown()));
    }

    [Test]
    public async Task ToHtml_otherCulture_writesTheSame()
    {
        var run = await ReportedRuns.Regression();
        var (html, card) = (run.ToHtml(), run.ToMarkdown());
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.PercentDecimalSeparator, comma.NumberFormat.NumberGroupSeparator, comma.NumberFormat.NegativeSign) = (",", ",", ".", "~");
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.That(run.ToHtml(), Is.EqualTo(html));
            Assert.That(run.ToMarkdown(), Is.EqualTo(card));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public async Task SaveReport_newFolder_isMadeAndHoldsTheWholeFile()
    {
        using var folder = new TemporaryFolder();
        var run = await ReportedRuns.Binary();

        var path = run.SaveReport(folder.File("deep/er/run.html"));

        Assert.That(path, Is.EqualTo(folder.File("deep/er/run.html")));
        Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo(run.ToHtml()));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(path)!), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task SaveReport_whereNoFileCanBe_saysSoAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("run.html/full"));
        var run = await ReportedRuns.DataOnly();

        var error = Assert.Throws<ModelTrainingException>(() => run.SaveReport(folder.File("run.html")))!;

        Assert.That(error.Id, Is.EqualTo("MT4001"));
        Assert.That(Directory.GetFiles(folder.Path), Is.Empty);
        Assert.That(() => run.SaveReport(" "), Throws.ArgumentException);
    }

    /// <summary>The report as XML, which it is well-formed as.</summary>
    private static XElement Article(PipelineRun run, bool withStyle = false)
    {
        var whole = XElement.Parse($"<body>{RunReport.Article(run)}</body>");
        return withStyle ? whole : whole.Element("article")!;
    }

    private static IEnumerable<string> Headings(XElement report) => report.Descendants("h2").Select(heading => heading.Value).Where(heading => !heading.StartsWith('⚠'));

    private static IEnumerable<string> Figures(XElement report) => report.Descendants("figcaption").Select(caption => caption.Value);

    [GeneratedRegex("""(src|href|srcset|action)\s*=|url\(|@import|https?:|<(script|link|iframe|object|embed|img|image|use)\b""")]
    private static partial Regex ExternalReference();

    [GeneratedRegex("""([^{}]+)\{""")]
    private static partial Regex Selector();
}
