namespace ModelTraining.Tests.GradientBoosting;

public class ProgressTests
{
    [Test]
    public async Task Progress_is_told_after_each_tree()
    {
        var sample = Sample.Mixed(300, LearningTask.BinaryClassification);
        var told = new List<TrainingProgress>();
        var context = new TrainingContext { Time = new SteppingClock(), Progress = new Listener(told.Add) };
        var model = await Trees.GradientBoosting(o => o with { Trees = 8 }).TrainAsync(sample.Data(sample.TrainingRows, sample.TestRows), context, default);
        Assert.That(told.Select(progress => progress.Completed), Is.EqualTo(Enumerable.Range(1, 8)));
        Assert.That(told.Select(progress => progress.TrainingScore), Is.EqualTo(model.History!.Training));
        Assert.That(told.Select(progress => progress.ValidationScore), Is.EqualTo(model.History.Validation));
        Assert.That(told.Select(progress => (progress.Stage, progress.Total, progress.Unit, progress.Metric)), Is.All.EqualTo(("Train", (long?)8, "trees", "log_loss")));
        Assert.That(told.Select(progress => progress.Elapsed), Is.Ordered);
        Assert.That(told[3].Remaining, Is.EqualTo(told[3].Elapsed));
    }

    [Test]
    public async Task Progress_of_quick_trees_is_told_now_and_then_and_at_the_end()
    {
        var told = new List<long>();
        var context = new TrainingContext { Time = new StoppedClock(), Progress = new Listener(progress => told.Add(progress.Completed)) };
        await Trees.GradientBoosting(o => o with { Trees = 50 }).TrainAsync(Sample.Mixed(300, LearningTask.Regression).Data(), context, default);
        Assert.That(told, Is.EqualTo(new[] { 1, 50 }));
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
