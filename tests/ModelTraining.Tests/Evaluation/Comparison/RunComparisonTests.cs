using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Comparison;

internal sealed class RunComparisonTests
{
    [Test]
    public async Task CompareWith_better_model_is_better_beyond_doubt()
    {
        var split = Given.ShopPipeline(1500);
        var good = await split.Train(Given.SmallTrees).Evaluate().RunAsync();
        var guess = await split.Train(Baselines.Constant()).Evaluate().RunAsync();

        var comparison = good.CompareWith(guess);

        Assert.Multiple(() =>
        {
            Assert.That(comparison["roc_auc"].Value, Is.EqualTo(good.Evaluation["roc_auc"]));
            Assert.That(comparison["roc_auc"].Other, Is.EqualTo(0.5));
            Assert.That(comparison["roc_auc"].Interval.Low, Is.InRange(0.2, comparison["roc_auc"].Difference));
            Assert.That(comparison["roc_auc"].Verdict, Is.EqualTo(1));
            Assert.That(comparison["log_loss"].Verdict, Is.EqualTo(1), "less is better");
            Assert.That(guess.CompareWith(good)["log_loss"].Verdict, Is.EqualTo(-1));
            Assert.That(comparison.Tests.Select(test => test.Name), Is.EqualTo(new[] { "DeLong", "McNemar" }));
            Assert.That(comparison.Tests.Select(test => test.PValue), Is.All.LessThan(1e-6));
            Assert.That(comparison.ToString(), Does.StartWith("returns: 3").And.Contain("DeLong, roc_auc: p = "));
            Assert.That(comparison.ToHtml(), Does.StartWith("<!DOCTYPE html>").And.Contain("▲ better").And.EndWith("</html>\n"));
        });
    }

    [Test]
    public async Task CompareWith_itself_finds_no_difference()
    {
        var run = await Given.ShopPipeline().Train(Given.SmallTrees).Evaluate().RunAsync();
        var comparison = run.CompareWith(run);
        Assert.That(comparison.Differences.Select(difference => difference.Interval), Is.All.EqualTo(new MetricInterval(0, 0)));
        Assert.That(comparison.Differences.Select(difference => difference.Verdict), Is.All.Zero);
        Assert.That(comparison.Tests.Select(test => test.PValue), Is.All.EqualTo(1));
        Assert.That(comparison.ToString(), Does.Contain("(this)").And.Contain("(other)"));
    }

    /// <summary>The interval of a mean difference by the normal distribution, of which the paired bootstrap must not be far.</summary>
    [Test]
    public async Task CompareWith_numbers_pairs_the_rows()
    {
        var source = Pipeline.From(Csv.Text(Given.ShopCsv(1500), label: "spent", options => options with { Ids = ["customer"] })).Clean().Split(test: 0.4);
        var a = await source.Train(Trees.GradientBoosting(options => options with { Trees = 15 })).Evaluate().RunAsync();
        var b = await source.Train(Trees.GradientBoosting(options => options with { Trees = 12 })).Evaluate().RunAsync();

        var comparison = a.CompareWith(b);

        var (rows, others) = (a.Evaluation.Rows!, b.Evaluation.Rows!);
        double[] differences = [.. rows.Targets.Select((truth, i) => (double)Math.Abs(truth - rows.Outputs[i]) - Math.Abs(truth - others.Outputs[i]))];
        var mean = differences.Average();
        var error = Math.Sqrt(differences.Sum(difference => (difference - mean) * (difference - mean)) / differences.Length / differences.Length);
        Assert.Multiple(() =>
        {
            Assert.That(comparison["mean_absolute_error"].Difference, Is.EqualTo(mean).Within(1e-5));
            Assert.That(comparison["mean_absolute_error"].Interval.Low, Is.EqualTo(mean - 1.96 * error).Within(0.2 * error));
            Assert.That(comparison["mean_absolute_error"].Interval.High, Is.EqualTo(mean + 1.96 * error).Within(0.2 * error));
            Assert.That(comparison.Tests.Select(test => test.Name), Is.EqualTo(new[] { "Paired t", "Wilcoxon" }));
        });
    }

    [Test]
    public async Task CompareWith_more_classes_has_McNemar_alone()
    {
        var split = Pipeline.From(Csv.Text(Given.ShopCsv(), label: "plan", options => options with { Ids = ["customer"] })).Clean().Split();
        var a = await split.Train(Given.SmallTrees).Evaluate().RunAsync();
        var b = await split.Train(Baselines.Constant()).Evaluate().RunAsync();
        Assert.That(a.CompareWith(b).Tests.Single().Name, Is.EqualTo("McNemar"));
    }

    [Test]
    public async Task CompareWith_other_rows_or_another_label_is_an_error()
    {
        var run = await Given.ShopPipeline().Train(Given.SmallTrees).Evaluate().RunAsync();
        var seed = await Given.ShopPipeline().Train(Given.SmallTrees).Evaluate().WithSeed(7).RunAsync();
        var plan = await Pipeline.From(Csv.Text(Given.ShopCsv(), label: "plan")).Clean().Split().Train(Given.SmallTrees).Evaluate().RunAsync();
        var unmeasured = await Given.ShopPipeline().Train(Given.SmallTrees).RunAsync();

        Assert.That(Error(() => run.CompareWith(seed)), Is.EqualTo("MT2341"));
        Assert.That(Assert.Throws<ModelTrainingException>(() => run.CompareWith(seed))!.Message, Does.Contain("are the same. Run both from the same source"));
        Assert.That(Error(() => run.CompareWith(plan)), Is.EqualTo("MT2340"));
        Assert.That(Assert.Throws<ModelTrainingException>(() => run.CompareWith(plan))!.Message, Does.Contain("'returns' (no, yes)").And.Contain("'plan' (").And.Contain("Compare runs of one label"));
        Assert.That(() => run.CompareWith(unmeasured), Throws.InvalidOperationException.With.Message.Contains("Evaluate"));
        Assert.That(Error(() => _ = run.CompareWith(run)["roc_acu"]), Is.EqualTo("MT1300"));
    }

    private static string Error(Action code) => Assert.Throws<ModelTrainingException>(code)!.Id;
}
