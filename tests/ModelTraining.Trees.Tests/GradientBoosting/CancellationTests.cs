namespace ModelTraining.Tests.GradientBoosting;

public class CancellationTests
{
    [Test]
    public async Task Cancelling_after_any_tree_gives_the_model_so_far([Range(1, 6)] int rounds)
    {
        var sample = Sample.Mixed(800, LearningTask.MulticlassClassification);
        using var source = new CancellationTokenSource();
        var context = new TrainingContext { Threads = 2, Time = new SteppingClock(), Progress = new Listener(progress => { if (progress.Completed == rounds) source.Cancel(); }) };
        var model = await Trees.GradientBoosting().TrainAsync(sample.Data(), context, source.Token);
        Assert.That(model.Status, Is.EqualTo(RunStatus.Cancelled));
        Assert.That(model.History!.Training, Has.Count.EqualTo(rounds));
        Assert.That(sample.Predict(model), Is.EqualTo(sample.Predict(sample.Train(o => o with { Trees = rounds }))));
    }

    [Test]
    public async Task Cancelling_gives_the_best_round_where_there_are_validation_rows()
    {
        var sample = Sample.Mixed(600, LearningTask.Regression);
        using var source = new CancellationTokenSource();
        var context = new TrainingContext { Time = new SteppingClock(), Progress = new Listener(progress => { if (progress.Completed == 190) source.Cancel(); }) };
        var model = await Trees.GradientBoosting(o => o with { Patience = 500 }).TrainAsync(sample.Data(sample.TrainingRows, sample.TestRows), context, source.Token);
        var history = model.History!;
        Assert.That(history.Validation, Has.Count.EqualTo(190));
        Assert.That(history.BestStep, Is.LessThan(190));
        Assert.That(history.Validation[history.BestStep - 1], Is.EqualTo(history.Validation.Min()));
        Assert.That(((TreeEnsembleModel)model).Trees, Has.Count.EqualTo(history.BestStep));
    }

    [Test]
    public void Cancelling_before_the_first_tree_throws()
    {
        var sample = Sample.Mixed(800, LearningTask.Regression);
        Assert.That(
            async () => await Trees.GradientBoosting().TrainAsync(sample.Data(), new TrainingContext(), new CancellationToken(true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Not_cancelling_is_completed()
    {
        var model = await Trees.GradientBoosting(o => o with { Trees = 2 }).TrainAsync(Sample.Mixed(100, LearningTask.Regression).Data(), new TrainingContext(), default);
        Assert.That(model.Status, Is.EqualTo(RunStatus.Completed));
    }
}
