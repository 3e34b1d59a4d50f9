namespace ModelTraining.Tests.GradientBoosting;

public class DeterminismTests
{
    private static readonly LearningTask[] Tasks = [LearningTask.Regression, LearningTask.BinaryClassification, LearningTask.MulticlassClassification];

    [Test]
    public void Model_is_the_same_on_any_number_of_threads([ValueSource(nameof(Tasks))] LearningTask task, [Values] bool drawn)
    {
        // Enough rows for leaves that several threads build together.
        var sample = Sample.Mixed(40_000, task);
        GradientBoostingOptions Options(GradientBoostingOptions o) => o with { Trees = 4, RowFraction = drawn ? 0.7 : 1, ColumnFraction = drawn ? 0.6 : 1 };
        var one = sample.Train(Options);
        foreach (var threads in new[] { 2, 3, 7 }) AssertSame(sample.Train(Options, threads: threads), one, $"{threads} threads");
    }

    [Test]
    public void Model_does_not_depend_on_the_order_of_the_training_rows()
    {
        var sample = Sample.Mixed(5000, LearningTask.BinaryClassification);
        var shuffled = sample.AllRows;
        new SeededRandom(5).Shuffle(shuffled.AsSpan());
        AssertSame(sample.Train(o => o with { Trees = 10 }, shuffled), sample.Train(o => o with { Trees = 10 }), "shuffled");
    }

    [Test]
    public void Model_does_not_depend_on_the_rows_in_between()
    {
        // The same rows once side by side and once scattered in a table of twice the size.
        var sample = Sample.Mixed(20_000, LearningTask.Regression);
        var columns = Enumerable.Range(0, 6).Select(i => sample.Features.Column(i).ToArray().SelectMany(value => new[] { value, 7 }).ToArray()).ToArray();
        var twice = Sample.Of([.. sample.Features.Features], columns, LearningTask.Regression, [.. sample.Target.Values.ToArray().SelectMany(value => new[] { value, float.NaN })]);
        AssertSame(twice.Train(o => o with { Trees = 10 }, [.. sample.AllRows.Select(row => row * 2)]), sample.Train(o => o with { Trees = 10 }), "scattered");
    }

    [Test]
    public void Model_is_the_same_for_the_same_seed_only()
    {
        var sample = Sample.Mixed(3000, LearningTask.BinaryClassification);
        var first = sample.Train(o => o with { Trees = 10 }, seed: 1);
        AssertSame(sample.Train(o => o with { Trees = 10 }, seed: 1), first, "same seed");
        Assert.That(sample.Predict(sample.Train(o => o with { Trees = 10 }, seed: 2)), Is.Not.EqualTo(sample.Predict(first)));
    }

    private static void AssertSame(TreeEnsembleModel model, TreeEnsembleModel other, string what)
    {
        Assert.That(model.BaseScores, Is.EqualTo(other.BaseScores), what);
        Assert.That(model.Trees.SelectMany(tree => tree.Features), Is.EqualTo(other.Trees.SelectMany(tree => tree.Features)), what);
        Assert.That(model.Trees.SelectMany(tree => tree.Thresholds), Is.EqualTo(other.Trees.SelectMany(tree => tree.Thresholds)), what);
        Assert.That(model.Trees.SelectMany(tree => tree.Leaves), Is.EqualTo(other.Trees.SelectMany(tree => tree.Leaves)), what);
        Assert.That(model.History!.Training, Is.EqualTo(other.History!.Training), what);
    }
}
