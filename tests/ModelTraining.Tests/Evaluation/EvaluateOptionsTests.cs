namespace ModelTraining.Tests;

public class EvaluateOptionsTests
{
    [Test]
    public void Validate_defaults_have_no_problem() => Assert.That(new EvaluateOptions().Validate(), Is.Empty);

    [Test]
    public void Validate_metric_that_comes_anyway_has_no_problem() => Assert.That(new EvaluateOptions { Metrics = [Metrics.RSquared] }.Validate(), Is.Empty);

    [Test]
    public void Validate_null_list_is_a_problem() => Assert.That(new EvaluateOptions { Metrics = null! }.Validate().Single().Id, Is.EqualTo("MT1301"));

    [Test]
    public void Validate_reports_all_problems_together()
    {
        var problems = new EvaluateOptions { Metrics = [null!, new Keyed(" "), new Keyed("roc_auc"), new Keyed("mine"), new Keyed("mine")] }.Validate().ToList();
        Assert.That(problems.Select(problem => problem.Id), Is.All.EqualTo("MT1301"));
        Assert.That(problems.Select(problem => problem.Message), Is.EqualTo(new[]
        {
            "Entry 0 of the 'Metrics' option of Evaluate is null. Give a metric with a key of its own.",
            "Entry 1 of the 'Metrics' option of Evaluate has no key. Give a metric with a key of its own.",
            "Two metrics of Evaluate have the key 'roc_auc'. Give the one in 'Metrics' a key of its own.",
            "Two metrics of Evaluate have the key 'mine'. Give the one in 'Metrics' a key of its own.",
        }));
    }

    [TestCase(1, 0, 1000)]
    [TestCase(20_000, 2, 1000)]
    [TestCase(40_000, 2, 500)]
    [TestCase(20_000, 8, 250)]
    [TestCase(10_000_000, 2, 200)]
    public void Resamples_by_default_are_as_many_as_are_affordable(int rows, int classes, int expected)
    {
        Assert.That(new EvaluateOptions().ResamplesOf(rows, classes), Is.EqualTo(expected));
        Assert.That(new EvaluateOptions { Bootstrap = 1234 }.ResamplesOf(rows, classes), Is.EqualTo(1234));
    }

    [TestCase(-1)]
    [TestCase(99)]
    [TestCase(100_001)]
    public void Validate_resamples_out_of_range_are_a_problem(int resamples)
    {
        var problem = new EvaluateOptions { Bootstrap = resamples }.Validate().Single();
        Assert.That(problem.Id, Is.EqualTo("MT1321"));
        Assert.That(problem.Message, Does.Contain("from 100 to 100000"));
    }

    private sealed class Keyed(string key) : IMetric
    {
        public string Key => key;

        public string Name => key;

        public MetricDirection Direction => MetricDirection.HigherIsBetter;

        public bool Supports(LearningTask task) => true;

        public IMetricState Start(int classCount) => throw new NotSupportedException();
    }
}
