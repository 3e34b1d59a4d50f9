namespace ModelTraining.Tests.Intervals;

internal sealed class BootstrapTests
{
    private static readonly IMetric[] Some = [Metrics.AreaUnderRocCurve, Metrics.Accuracy, Metrics.LogLoss];

    /// <summary>The standard error of a share p of n rows is √(p(1 − p) / n).</summary>
    [Test]
    public void Interval_of_accuracy_is_as_wide_as_theory_has_it()
    {
        var rows = Rows(2000, positives: 0.5);

        var values = Bootstrap.Resample([Metrics.Accuracy], rows, 2000, 2)[0];
        var interval = Bootstrap.Interval(values);

        var measurement = new Measurement([Metrics.Accuracy], 2);
        measurement.Update(rows.Batch());
        var share = measurement.Compute()[0];
        var error = Math.Sqrt(share * (1 - share) / rows.Count);
        Assert.Multiple(() =>
        {
            Assert.That(interval.Low, Is.EqualTo(share - 1.96 * error).Within(0.15 * error));
            Assert.That(interval.High, Is.EqualTo(share + 1.96 * error).Within(0.15 * error));
            Assert.That(values.Average(), Is.EqualTo(share).Within(0.1 * error));
        });
    }

    [Test]
    public void Resample_any_number_of_threads_is_the_same()
    {
        var rows = Rows(300, positives: 0.3);

        var one = Bootstrap.Resample(Some, rows, 101, 1);

        Assert.That(Bootstrap.Resample(Some, rows, 101, 7), Is.EqualTo(one));
    }

    [Test]
    public void Resample_is_not_changed_by_the_metrics_asked_for() =>
        Assert.That(Bootstrap.Resample([Metrics.Accuracy], Rows(300, 0.3), 100, 1)[0], Is.EqualTo(Bootstrap.Resample(Some, Rows(300, 0.3), 100, 1)[1]));

    [Test]
    public void Resample_rare_class_never_vanishes()
    {
        var rows = Rows(400, positives: 0.005);
        Assert.That(rows.Targets.Sum(), Is.InRange(1, 5));

        var values = Bootstrap.Resample([Metrics.AreaUnderRocCurve], rows, 1000, 2)[0];

        Assert.That(values, Has.None.NaN);
    }

    [Test]
    public void Resample_own_metric_is_computed_by_weights()
    {
        var rows = Rows(200, positives: 0.4);
        var values = Bootstrap.Resample([Metrics.Accuracy, new Foreign(Metrics.Accuracy)], rows, 100, 2);
        Assert.That(values[1], Is.EqualTo(values[0]).Within(1e-12));
    }

    [Test]
    public void Resample_weights_count()
    {
        var rows = Rows(200, positives: 0.4);
        var one = rows with { Weights = [.. rows.Targets.Select((_, row) => row == 7 ? 1f : 0)] };
        Assert.That(Bootstrap.Resample([Metrics.Accuracy], one, 100, 1)[0].Where(value => !double.IsNaN(value)).Distinct().Count(), Is.EqualTo(1), "only one row counts");
    }

    [Test]
    public void Interval_often_undefined_is_not_defined()
    {
        Assert.That(Bootstrap.Interval([1, 2, double.NaN]).Low, Is.NaN);
        Assert.That(Bootstrap.Interval([]).High, Is.NaN);
        Assert.That(Bootstrap.Interval([.. Enumerable.Range(0, 101).Select(i => (double)i)]), Is.EqualTo(new MetricInterval(2.5, 97.5)));
    }

    [Test]
    public async Task Intervals_of_a_run_hold_the_metrics_and_are_shown()
    {
        var run = await Pipelines.Given.ShopPipeline().Train(Pipelines.Given.SmallTrees).Evaluate().RunAsync();
        var none = await Pipelines.Given.ShopPipeline().Train(Pipelines.Given.SmallTrees).Evaluate(options => options with { Bootstrap = 0 }).RunAsync();

        var interval = run.Evaluation.Intervals["roc_auc"];

        Assert.Multiple(() =>
        {
            Assert.That(run.Evaluation.Intervals.Keys, Is.EqualTo(run.Evaluation.Metrics.Keys));
            Assert.That(run.Evaluation["roc_auc"], Is.InRange(interval.Low, interval.High));
            Assert.That(interval.High - interval.Low, Is.InRange(0.005, 0.2));
            Assert.That(run.Evaluation.Primary.Interval, Is.EqualTo(interval));
            Assert.That(run.ToString(), Does.Contain("95 % interval"));
            Assert.That(run.ToHtml(), Does.Contain("95 % interval").And.Contain("1,000 bootstrap resamples"));
            Assert.That(run.ToMarkdown(), Does.Contain("95 % interval"));
            Assert.That(none.Evaluation.Intervals, Is.Empty);
            Assert.That(none.ToString() + none.ToHtml(), Does.Not.Contain("95 % interval<").And.Not.Contain("resamples"));
        });
    }

    private static EvaluatedRows Rows(int count, double positives)
    {
        var random = new SeededRandom(11);
        var (targets, outputs) = (new float[count], new float[2 * count]);
        for (var row = 0; row < count; row++)
        {
            targets[row] = random.NextDouble() < positives ? 1 : 0;
            outputs[2 * row + 1] = (float)(0.3 * targets[row] + 0.7 * random.NextDouble());
            outputs[2 * row] = 1 - outputs[2 * row + 1];
        }

        return new EvaluatedRows(targets, outputs, [], 2);
    }

    /// <summary>A metric that knows no shortcut.</summary>
    private sealed class Foreign(IMetric metric) : IMetric
    {
        public string Key => "foreign";

        public string Name => "Foreign";

        public MetricDirection Direction => metric.Direction;

        public bool Supports(LearningTask task) => metric.Supports(task);

        public IMetricState Start(int classCount) => metric.Start(classCount);
    }
}
