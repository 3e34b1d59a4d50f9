namespace ModelTraining.Tests.GradientBoosting;

public class MissingValueTests
{
    [TestCase(-1f)]
    [TestCase(0f)]
    [TestCase(1f)]
    public void Missing_values_go_where_they_belong(float like)
    {
        // The target is the sign of the value; a missing one behaves like a low, like no or like a high one.
        var random = new SeededRandom(2);
        var column = Enumerable.Range(0, 600).Select(_ => random.Next(4) == 0 ? float.NaN : (float)random.NextNormal()).ToArray();
        var target = column.Select(value => float.IsNaN(value) ? like : Math.Sign(value)).ToArray();
        var sample = Sample.Regression([column], target);
        var model = sample.Train(o => o with { Trees = 1, LearningRate = 1, L2 = 0, Leaves = like == 0 ? 3 : 2 });
        Assert.That(sample.Predict(model), Is.EqualTo(target).Within(1e-5));
    }

    [Test]
    public void Missing_alone_may_be_what_matters()
    {
        var random = new SeededRandom(2);
        var column = Enumerable.Range(0, 400).Select(row => row % 3 == 0 ? float.NaN : (float)random.NextNormal()).ToArray();
        var target = column.Select(value => float.IsNaN(value) ? 1f : 0).ToArray();
        var model = Sample.Regression([column], target).Train(o => o with { Trees = 1, Leaves = 2, LearningRate = 1, L2 = 0 });
        var tree = model.Trees.Single();
        Assert.That(tree.Thresholds[0], Is.EqualTo(float.PositiveInfinity), "all numbers, however large, on one side");
        var unseen = Sample.Regression([[1e30f, -1e30f, float.PositiveInfinity, float.NaN]], new float[4]);
        Assert.That(unseen.Predict(model), Is.EqualTo(new float[] { 0, 0, 0, 1 }).Within(1e-5));
    }

    [TestCase(0.2, 1f)]
    [TestCase(0.8, 0f)]
    public void Missing_values_that_were_never_seen_go_with_the_greater_part(double low, float expected)
    {
        var column = Enumerable.Range(0, 500).Select(row => row < 500 * low ? -1f : 1f).ToArray();
        var model = Sample.Regression([column], [.. column.Select(value => value > 0 ? 1f : 0)]).Train(o => o with { Trees = 1, LearningRate = 1, L2 = 0 });
        Assert.That(Sample.Regression([[float.NaN]], [0]).Predict(model).Single(), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void Column_of_nothing_but_missing_values_is_ignored()
    {
        var random = new SeededRandom(1);
        var x = Enumerable.Range(0, 200).Select(_ => (float)random.NextNormal()).ToArray();
        float[] none = [.. Enumerable.Repeat(float.NaN, 200)];
        var with = Sample.Regression([none, x], x);
        var without = Sample.Regression([x], x);
        Assert.That(with.Predict(with.Train(o => o with { Trees = 5 })), Is.EqualTo(without.Predict(without.Train(o => o with { Trees = 5 }))));
    }
}
