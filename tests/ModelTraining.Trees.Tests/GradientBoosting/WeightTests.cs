namespace ModelTraining.Tests.GradientBoosting;

public class WeightTests
{
    [Test]
    public void Weights_of_one_are_as_none()
    {
        var sample = Sample.Mixed(1000, LearningTask.BinaryClassification);
        Assert.That(
            sample.Predict(sample.Train(o => o with { Trees = 10 }, weights: [.. Enumerable.Repeat(1f, 1000)])),
            Is.EqualTo(sample.Predict(sample.Train(o => o with { Trees = 10 }))));
    }

    [TestCase(LearningTask.Regression)]
    [TestCase(LearningTask.MulticlassClassification)]
    public void Rows_of_no_weight_leave_no_trace(LearningTask task)
    {
        var sample = Sample.Mixed(2000, task);
        var random = new SeededRandom(1);
        var weights = sample.AllRows.Select(_ => random.Next(3) == 0 ? 0f : 1 + random.Next(3)).ToArray();
        var kept = sample.AllRows.Where(row => weights[row] > 0).ToArray();
        var (training, validation) = (sample.TrainingRows, sample.TestRows);
        var all = sample.Train(o => o with { Trees = 10 }, training, validation, weights);
        var some = sample.Train(o => o with { Trees = 10 }, [.. training.Intersect(kept)], [.. validation.Intersect(kept)], weights);
        Assert.That(sample.Predict(all), Is.EqualTo(sample.Predict(some)));
        Assert.That(all.History!.Validation, Is.EqualTo(some.History!.Validation));
    }

    [Test]
    public void Leaf_is_the_weighted_mean()
    {
        var random = new SeededRandom(1);
        var column = Enumerable.Range(0, 300).Select(row => (float)(row % 2)).ToArray();
        var target = column.Select(value => (float)((5 * value) + random.NextNormal())).ToArray();
        var weights = column.Select(_ => 0.1f + (float)(5 * random.NextDouble())).ToArray();
        var sample = Sample.Regression([column], target);
        var model = sample.Train(o => o with { Trees = 1, LearningRate = 1, L2 = 0 }, weights: weights);
        double Mean(int side) => sample.AllRows.Where(row => column[row] == side).Sum(row => (double)weights[row] * target[row]) / sample.AllRows.Where(row => column[row] == side).Sum(row => (double)weights[row]);
        Assert.That(sample.Predict(model, [0, 1]), Is.EqualTo(new[] { Mean(0), Mean(1) }).Within(1e-5));
    }

    [TestCase(LearningTask.Regression)]
    [TestCase(LearningTask.BinaryClassification)]
    public void Weight_of_two_is_like_two_rows(LearningTask task)
    {
        // Not equal to the last bit: rows round their gradients one by one. With few values a bin for each is the same in both.
        var mixed = Sample.Mixed(3000, task);
        var columns = Enumerable.Range(0, 6).Select(i => mixed.Features.Column(i).ToArray().Select(value => MathF.Round(value * 8) / 8).ToArray()).ToArray();
        var sample = Sample.Of([.. mixed.Features.Features], columns, task, mixed.Target.Values.ToArray(), mixed.Target.Classes.Count);
        var doubled = sample.AllRows.Where(row => row % 2 == 0).ToArray();
        var weights = sample.AllRows.Select(row => row % 2 == 0 ? 2f : 1).ToArray();
        var weighted = sample.Predict(sample.Train(o => o with { Trees = 10, Leaves = 4 }, weights: weights));
        var twice = sample.Predict(sample.Train(o => o with { Trees = 10, Leaves = 4 }, [.. sample.AllRows, .. doubled]));
        var plain = sample.Predict(sample.Train(o => o with { Trees = 10, Leaves = 4 }));
        double Distance(float[] a, float[] b) => Math.Sqrt(a.Zip(b).Average(pair => Math.Pow(pair.First - pair.Second, 2)));
        Assert.That(Distance(weighted, twice), Is.LessThan(0.1 * Distance(weighted, plain)));
    }

    [Test]
    public void Heavy_rows_win()
    {
        var sample = Sample.Binary([[.. Enumerable.Repeat(1f, 50), .. Enumerable.Repeat(2f, 50)]], [.. Enumerable.Range(0, 100).Select(row => row % 2f)]);
        var weights = sample.AllRows.Select(row => (row < 50) == (row % 2 == 0) ? 1000f : 0.001f).ToArray();
        var outputs = sample.Predict(sample.Train(o => o with { Trees = 20 }, weights: weights));
        Assert.That(outputs[1], Is.LessThan(0.15));
        Assert.That(outputs[199], Is.GreaterThan(0.85));
    }
}
