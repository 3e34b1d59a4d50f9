using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Tracking;

internal sealed class RunTrackingTests
{
    [TestCase("step")]
    [TestCase("metric")]
    [TestCase("artifact")]
    [TestCase("end")]
    public async Task Run_withATrackerThatFailsLater_goesOnAndWarnsOnce(string failAt)
    {
        var failing = new ListTracker(failAt);
        var other = new ListTracker();

        var run = await Given.ShopPipeline().Train(Given.SmallTrees).Evaluate().WithTracker(failing).WithTracker(other).RunAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.9));
            Assert.That(run.Warnings.Count(warning => warning.Contains("ListTracker", StringComparison.Ordinal) && warning.Contains("Nobody answers.", StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That(failing.Calls.Count(call => call == failAt), Is.EqualTo(1));
            Assert.That(failing.Calls[^1], Is.EqualTo("end"), "how it ended is said nevertheless");
            Assert.That(other.Calls.Distinct(), Is.EqualTo(new[] { "start", "step", "metric", "artifact", "end" }));
        }
    }

    [Test]
    public void Run_withATrackerThatCannotBegin_endsTheOnesThatHave()
    {
        var first = new ListTracker();
        var source = new CountingSource(Given.Shop());
        var pipeline = Pipeline.From(source).WithTracker(first).WithTracker(new ListTracker("start"));

        Assert.That(async () => await pipeline.RunAsync(), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4320").And.Message.Contains("Nobody answers."));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(source.Reads, Is.Zero);
            Assert.That(first.Calls, Is.EqualTo(new[] { "start", "end" }));
            Assert.That(first.End!.Outcome, Is.EqualTo(RunOutcome.Failed));
        }
    }

    [Test]
    public void Run_withWrongOptions_isNotTracked()
    {
        var tracker = new ListTracker();

        Assert.That(async () => await Given.ShopPipeline().WithThreads(0).WithTracker(tracker).RunAsync(), Throws.TypeOf<ModelTrainingException>());
        Assert.That(tracker.Calls, Is.Empty);
    }

    [Test]
    public async Task Run_cancelledWhileItTrains_endsAsCancelledWithTheBestModel()
    {
        using var cancel = new CancellationTokenSource();
        var tracker = new ListTracker();

        await Given.ShopPipeline().Train(Trees.GradientBoosting(options => options with { Trees = 100_000, Patience = 100_000 })).Evaluate().WithTracker(tracker)
            .WithProgress(progress => { if (progress.Metric is not null) cancel.Cancel(); }).RunAsync(cancel.Token);

        Assert.That(tracker.End!.Outcome, Is.EqualTo(RunOutcome.Cancelled));
        Assert.That(tracker.Calls, Does.Contain("metric"));
    }
}
