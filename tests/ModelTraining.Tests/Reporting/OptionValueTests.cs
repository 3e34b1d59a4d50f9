using System.Globalization;

namespace ModelTraining.Tests.Reporting;

internal sealed class OptionValueTests
{
    [Test]
    public void Of_options_tellsWhatIsNotAsUsual()
    {
        var options = OptionValue.Of(new SplitOptions { Test = 0.25 });
        Assert.That(options, Is.EqualTo(new OptionValue[] { new("Test", "0.25", false), new("Validation", "0.1", true), new("Stratify", "not set", true), new("Shuffle", "true", true), new("GroupBy", "not set", true), new("TimeBy", "not set", true), new("PartColumn", "not set", true) }));
    }

    [Test]
    public void Of_listsAndRecords_areInWords()
    {
        var options = OptionValue.Of(new CleanOptions
        {
            Keep = ["a", "b"],
            MissingByColumn = new Dictionary<string, MissingValues> { ["c"] = MissingValues.Constant(1.5f) },
        }).ToDictionary(option => option.Name);
        Assert.Multiple(() =>
        {
            Assert.That(options["Keep"].Value, Is.EqualTo("a, b"));
            Assert.That(options["MissingByColumn"].Value, Is.EqualTo("c: Constant(1.5)"));
            Assert.That(options["OutliersByColumn"], Is.EqualTo(new OptionValue("OutliersByColumn", "none", true)));
            Assert.That(options["Outliers"], Is.EqualTo(new OptionValue("Outliers", "Report beyond 1.5 Iqr", true)));
        });
        var boosting = OptionValue.Of(new GradientBoostingOptions { InteractionGroups = [["a", "b"], ["c"]], Dart = new DartOptions(), Objective = BoostingObjective.Quantile(0.9) }).ToDictionary(option => option.Name, option => option.Value);
        Assert.That((boosting["InteractionGroups"], boosting["Dart"], boosting["Objective"]), Is.EqualTo(("[a, b], [c]", "drop 0.1, skip 0.5, by Tree", "quantile 0.9")));
        Assert.That(OptionValue.Of(new EvaluateOptions { Metrics = [Metrics.Accuracy] })[0].Value, Is.EqualTo("accuracy"));
    }

    [Test]
    public void Of_optionsThatAreRecords_areTheSameInEveryCulture()
    {
        var options = new MlpOptions { Optimizer = new AdamW { Beta1 = 0.85 }, LearningRateFinder = new LearningRateFinder { MinLearningRate = 1e-5 }, BatchSizeFinder = new BatchSizeFinder { MemoryShare = 0.25 } };
        var expected = OptionValue.Of(options);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;
            Assert.That(OptionValue.Of(options), Is.EqualTo(expected));
            Assert.That(CultureInfo.CurrentCulture, Is.SameAs(comma));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        var values = expected.ToDictionary(option => option.Name, option => option.Value);
        Assert.That(values["Optimizer"], Does.Contain("Beta1 = 0.85"));
        Assert.That(values["LearningRateFinder"], Is.EqualTo("from 1E-05 to 10 in 100 updates, to 4 times the least loss"));
        Assert.That(values["BatchSizeFinder"], Is.EqualTo("8 to 512 rows within 0.25 of the available memory"));
    }

    [Test]
    public async Task ToHtml_stages_tellWhatWasSaid()
    {
        var run = await ReportedRuns.Binary();
        var options = run.Plan.Steps.Select(planned => planned.Step).OfType<IHasOptions>().SelectMany(step => step.Options).Where(option => !option.IsDefault).Select(option => option.Name);
        Assert.That(options, Is.EqualTo(new[] { "Test", "Trees", "Leaves" }));
        Assert.That(run.ToHtml(), Does.Contain("<code>Test</code> 0.3."));
    }
}
