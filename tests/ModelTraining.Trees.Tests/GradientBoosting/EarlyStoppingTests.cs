namespace ModelTraining.Tests.GradientBoosting;

public class EarlyStoppingTests
{
    [TestCase(LearningTask.Regression)]
    [TestCase(LearningTask.BinaryClassification)]
    [TestCase(LearningTask.MulticlassClassification)]
    public void Model_is_that_of_the_best_round(LearningTask task)
    {
        var sample = Sample.Mixed(600, task);
        var model = sample.Train(o => o with { Patience = 7 }, sample.TrainingRows, sample.TestRows);
        var history = model.History!;
        Assert.That(history.Unit, Is.EqualTo("trees"));
        Assert.That(history.Metric, Is.EqualTo(task == LearningTask.Regression ? "rmse" : "log_loss"));
        Assert.That(history.Validation[history.BestStep - 1], Is.EqualTo(history.Validation.Min()));
        Assert.That(history.Validation, Has.Count.EqualTo(history.BestStep + 7).And.Count.EqualTo(history.Training.Count));
        Assert.That(history.BestStep, Is.InRange(10, 900));
        Assert.That(model.Trees, Has.Count.EqualTo(history.BestStep * (task == LearningTask.MulticlassClassification ? 3 : 1)));

        // What the curve says is what the model does.
        double Loss(int[] rows) => task == LearningTask.Regression ? Score.Rmse(sample, sample.Predict(model, rows), rows) : Score.LogLoss(sample, sample.Predict(model, rows), rows);
        Assert.That(history.Validation[history.BestStep - 1], Is.EqualTo(Loss(sample.TestRows)).Within(1e-5));
        Assert.That(history.Training[history.BestStep - 1], Is.EqualTo(Loss(sample.TrainingRows)).Within(1e-5));
        Assert.That(history.Training, Is.Ordered.Descending, "each tree fits the training rows better");
    }

    [Test]
    public void Validation_rows_are_not_learned_from()
    {
        var sample = Sample.Mixed(600, LearningTask.Regression);
        var others = Sample.Mixed(600, LearningTask.Regression, seed: 99);
        var target = sample.Target.Values.ToArray();
        foreach (var row in sample.TestRows) target[row] = others.Target.Values[row];
        var changed = Sample.Of([.. sample.Features.Features], [.. Enumerable.Range(0, 6).Select(i => sample.Features.Column(i).ToArray())], LearningTask.Regression, target);
        GradientBoostingOptions Options(GradientBoostingOptions o) => o with { Trees = 10, RestoreBestWeights = false };
        Assert.That(
            changed.Predict(changed.Train(Options, sample.TrainingRows, sample.TestRows)),
            Is.EqualTo(sample.Predict(sample.Train(Options, sample.TrainingRows, sample.TestRows))));
    }

    [Test]
    public void RestoreBestWeights_off_keeps_the_last_round()
    {
        var sample = Sample.Mixed(600, LearningTask.Regression);
        var model = sample.Train(o => o with { Patience = 7, RestoreBestWeights = false }, sample.TrainingRows, sample.TestRows);
        Assert.That(model.History!.BestStep, Is.EqualTo(model.History.Validation.Count));
        Assert.That(model.Trees, Has.Count.EqualTo(model.History.Validation.Count));
    }

    [Test]
    public void MinDelta_asks_for_more_than_a_little()
    {
        var sample = Sample.Mixed(600, LearningTask.Regression);
        var strict = sample.Train(o => o with { Patience = 3, MinDelta = 0.02 }, sample.TrainingRows, sample.TestRows);
        var lax = sample.Train(o => o with { Patience = 3 }, sample.TrainingRows, sample.TestRows);
        Assert.That(strict.History!.Validation.Count, Is.LessThan(lax.History!.Validation.Count));
    }

    [Test]
    public void Training_ends_when_nothing_is_left_to_split()
    {
        var sample = Sample.Regression([[.. Enumerable.Range(0, 100).Select(row => (float)(row % 2))]], [.. Enumerable.Range(0, 100).Select(row => (float)(row % 2))]);
        var model = sample.Train(o => o with { Trees = 1000, LearningRate = 1, L2 = 0 });
        Assert.That(model.History!.Training, Has.Count.LessThan(5));
        Assert.That(sample.Predict(model), Is.EqualTo(sample.Target.Values.ToArray()).Within(1e-6));
    }
}
