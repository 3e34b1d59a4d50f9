namespace ModelTraining.Tests.Ensembles;

public class OnnxParityTests
{
    private static readonly LearningTask[] Tasks = [LearningTask.Regression, LearningTask.BinaryClassification, LearningTask.MulticlassClassification];

    [Test]
    public void Emit_predicts_in_OnnxRuntime_what_Predict_does([ValueSource(nameof(Tasks))] LearningTask task, [Values(31, 100)] int leaves)
    {
        var sample = Sample.Mixed(3000, task);
        var model = sample.Train(o => o with { Trees = 50, Leaves = leaves });
        Assert.That(model.Trees.Any(tree => tree.Categories.Any(set => set is not null)), "there are splits by category");
        Assert.That(model.Trees.Any(tree => tree.MissingLeft.Contains(true)), "there are missing values that go left");
        AssertParity(model, sample);
    }

    [Test]
    public void Emit_predicts_strange_rows_alike([ValueSource(nameof(Tasks))] LearningTask task)
    {
        var sample = Sample.Mixed(3000, task);
        var model = sample.Train(o => o with { Trees = 30 });
        float[] strange = [float.NaN, 0, -0f, -1, 1, 2.5f, 22, 23, 31, 32, 33, 64, 255, 256, 1e9f, -1e9f, float.MaxValue, float.MinValue, float.Epsilon, float.PositiveInfinity, float.NegativeInfinity];
        var random = new SeededRandom(1);
        var columns = Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, 2000).Select(_ => strange[random.Next(strange.Length)]).ToArray()).ToArray();
        AssertParity(model, Sample.Of([.. sample.Features.Features], columns, LearningTask.Regression, new float[2000]));
    }

    [Test]
    public void Emit_sends_rows_at_a_threshold_the_same_way()
    {
        var sample = Sample.Mixed(3000, LearningTask.Regression);
        var model = sample.Train(o => o with { Trees = 20 });
        var splits = model.Trees.SelectMany(tree => tree.Features.Zip(tree.Thresholds)).Where(split => float.IsFinite(split.Second)).Distinct().ToArray();
        Assert.That(splits, Has.Length.GreaterThan(200));
        var rows = splits.SelectMany(split => new[] { split.Second, float.BitIncrement(split.Second), float.BitDecrement(split.Second) }.Select(value => (Feature: split.First, Value: value))).ToArray();
        var columns = Enumerable.Range(0, 6).Select(feature => rows.Select((row, i) => row.Feature == feature ? row.Value : sample.Features.Column(feature)[i % sample.Rows]).ToArray()).ToArray();
        AssertParity(model, Sample.Of([.. sample.Features.Features], columns, LearningTask.Regression, new float[rows.Length]));
    }

    [Test]
    public void Emit_of_a_model_without_splits_gives_the_base_score([ValueSource(nameof(Tasks))] LearningTask task)
    {
        var sample = Sample.Mixed(30, task);
        var model = sample.Train();
        Assert.That(model.Trees.All(tree => tree.Features.Length == 0));
        AssertParity(model, sample);
    }

    [Test]
    public void Emit_of_large_targets_stays_within_their_digits()
    {
        var sample = Sample.Mixed(3000, LearningTask.Regression);
        var large = Sample.Of([.. sample.Features.Features], [.. Enumerable.Range(0, 6).Select(i => sample.Features.Column(i).ToArray())], LearningTask.Regression, [.. sample.Target.Values.ToArray().Select(value => 500_000 + (100_000 * value))]);
        AssertParity(large.Train(o => o with { Trees = 100 }), large, 500_000);
    }

    [Test]
    public void Emit_of_a_real_table_agrees()
    {
        var sample = RealData.Classes("tabular/adult.csv");
        var model = sample.Train(o => o with { Trees = 60 }, sample.TrainingRows, threads: 2);
        AssertParity(model, sample);
    }

    private static void AssertParity(TrainedModel model, Sample sample, double scale = 1)
    {
        var ours = sample.Predict(model);
        var theirs = OnnxRun.Predict(model, sample.Features);
        Assert.That(theirs, Has.Length.EqualTo(ours.Length));
        var most = ours.Zip(theirs).Max(pair => Math.Abs(pair.First - pair.Second) / Math.Max(scale, Math.Abs(pair.First)));
        Assert.That(most, Is.LessThan(1e-5));
    }
}
