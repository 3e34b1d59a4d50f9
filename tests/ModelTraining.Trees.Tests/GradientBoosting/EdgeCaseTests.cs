namespace ModelTraining.Tests.GradientBoosting;

public class EdgeCaseTests
{
    [Test]
    public void One_row_predicts_itself()
    {
        var sample = Sample.Regression([[3]], [42]);
        Assert.That(sample.Predict(sample.Train()).Single(), Is.EqualTo(42));
    }

    [Test]
    public void Too_few_rows_predict_the_mean_with_a_warning()
    {
        var sample = Sample.Regression([[.. Enumerable.Range(0, 39).Select(row => (float)row)]], [.. Enumerable.Range(0, 39).Select(row => (float)row)]);
        var warnings = new List<string>();
        var model = Trees.GradientBoosting().TrainAsync(sample.Data(), new TrainingContext { Warn = warnings.Add }, default).AsTask().Result;
        Assert.That(sample.Predict(model), Is.All.EqualTo(19));
        Assert.That(warnings.Single(), Does.Contain("39 training rows are too few for two leaves of 20"));
        Assert.That(model.History!.Training, Has.Count.EqualTo(1));
    }

    [Test]
    public void Constant_features_predict_the_mean_with_a_warning()
    {
        var sample = Sample.Binary([[.. Enumerable.Repeat(1f, 100)]], [.. Enumerable.Range(0, 100).Select(row => row % 4 == 0 ? 1f : 0)]);
        var warnings = new List<string>();
        var model = Trees.GradientBoosting().TrainAsync(sample.Data(), new TrainingContext { Warn = warnings.Add }, default).AsTask().Result;
        Assert.That(sample.Predict(model, [0]), Is.EqualTo(new[] { 0.75, 0.25 }).Within(1e-6));
        Assert.That(warnings.Single(), Does.Contain("same value in all training rows"));
    }

    [Test]
    public void Constant_target_needs_no_split()
    {
        var sample = Sample.Mixed(200, LearningTask.Regression);
        var constant = Sample.Of([.. sample.Features.Features], [.. Enumerable.Range(0, 6).Select(i => sample.Features.Column(i).ToArray())], LearningTask.Regression, [.. Enumerable.Repeat(0.1f, 200)]);
        var model = constant.Train();
        Assert.That(constant.Predict(model), Is.All.EqualTo(0.1f));
        Assert.That(model.Importances.Sum(importance => importance.Splits), Is.Zero);
    }

    [Test]
    public void Separable_classes_are_separated()
    {
        var column = Enumerable.Range(0, 1000).Select(row => (float)row).ToArray();
        var sample = Sample.Binary([column], [.. column.Select(value => value >= 500 ? 1f : 0)]);
        var outputs = sample.Predict(sample.Train());
        Assert.That(Score.Accuracy(sample, outputs, sample.AllRows), Is.EqualTo(1));
        Assert.That(Score.LogLoss(sample, outputs, sample.AllRows), Is.LessThan(0.001));
    }

    [Test]
    public void Rising_targets_give_rising_predictions()
    {
        var column = Enumerable.Range(0, 2000).Select(row => (float)row).ToArray();
        var sample = Sample.Regression([column], [.. column.Select(value => (float)Math.Sqrt(value))]);
        var outputs = sample.Predict(sample.Train());
        Assert.That(outputs, Is.Ordered);
        Assert.That(Score.Rmse(sample, outputs, sample.AllRows), Is.LessThan(0.3));
    }

    [Test]
    public void Infinite_features_are_the_least_and_the_greatest_of_values()
    {
        var random = new SeededRandom(1);
        var column = Enumerable.Range(0, 900).Select(row => (row % 3) switch { 0 => float.NegativeInfinity, 1 => float.PositiveInfinity, _ => (float)random.NextNormal() * 1e38f }).ToArray();
        var target = column.Select(value => float.IsNegativeInfinity(value) ? 1f : float.IsPositiveInfinity(value) ? 2 : 3).ToArray();
        var sample = Sample.Regression([column], target);
        var model = sample.Train(o => o with { Trees = 1, LearningRate = 1, L2 = 0 });
        Assert.That(sample.Predict(model), Is.EqualTo(target).Within(1e-5));
        Assert.That(OnnxRun.Predict(model, sample.Features), Is.EqualTo(target).Within(1e-5));
    }

    [TestCase(1e-30f)]
    [TestCase(1e30f)]
    public void Targets_of_any_size_are_learned(float unit)
    {
        var sample = Sample.Mixed(1000, LearningTask.Regression);
        var scaled = Sample.Of([.. sample.Features.Features], [.. Enumerable.Range(0, 6).Select(i => sample.Features.Column(i).ToArray())], LearningTask.Regression, [.. sample.Target.Values.ToArray().Select(value => value * unit)]);
        var (plain, other) = (sample.Train(o => o with { Trees = 30 }), scaled.Train(o => o with { Trees = 30 }));
        Assert.That(other.History!.Training[^1] / unit, Is.EqualTo(plain.History!.Training[^1]).Within(5).Percent);
    }

    [Test]
    public void A_huge_outlier_does_not_hide_the_others()
    {
        var sample = Sample.Mixed(4000, LearningTask.Regression);
        var target = sample.Target.Values.ToArray();
        target[17] = 1e4f;
        var outlier = Sample.Of([.. sample.Features.Features], [.. Enumerable.Range(0, 6).Select(i => sample.Features.Column(i).ToArray())], LearningTask.Regression, target);
        int[] others = [.. sample.AllRows.Where(row => row != 17)];
        var model = outlier.Train(o => o with { Trees = 200 });
        var typical = others.Select(row => Math.Abs(outlier.Predict(model, [row])[0] - target[row])).Order().ElementAt(2000);
        Assert.That(typical, Is.LessThan(1), "the target's deviation is 2");
    }

    [Test]
    public void Class_without_a_training_row_gets_a_small_probability()
    {
        var sample = Sample.Of(Sample.Numeric(1), [[.. Enumerable.Range(0, 200).Select(row => row % 2f)]], LearningTask.MulticlassClassification, [.. Enumerable.Range(0, 200).Select(row => row % 2f)], 3);
        var outputs = sample.Predict(sample.Train(o => o with { Trees = 30 }), [0]);
        Assert.That(outputs[0], Is.GreaterThan(0.9));
        Assert.That(outputs[2], Is.InRange(0, 0.001));
        Assert.That(outputs.Sum(), Is.EqualTo(1).Within(1e-6));
    }

    [Test]
    public void Many_features_are_learned_from()
    {
        // More than one block, of features with few values and with many.
        var random = new SeededRandom(1);
        var columns = Enumerable.Range(0, 150).Select(i => Enumerable.Range(0, 500).Select(_ => i % 2 == 0 ? random.Next(2) : (float)random.NextNormal()).ToArray()).ToArray();
        var target = Enumerable.Range(0, 500).Select(row => columns[3][row] + (2 * columns[148][row])).ToArray();
        var model = Sample.Regression(columns, target).Train(o => o with { Trees = 20 }, threads: 3);
        Assert.That(model.Importances.Take(2).Select(importance => importance.Feature), Is.EquivalentTo(new[] { "x3", "x148" }));
    }
}
