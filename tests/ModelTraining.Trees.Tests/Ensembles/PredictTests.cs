namespace ModelTraining.Tests.Ensembles;

public class PredictTests
{
    private static readonly LearningTask[] Tasks = [LearningTask.Regression, LearningTask.BinaryClassification, LearningTask.MulticlassClassification];

    [Test]
    public void Predict_sums_the_leaves_that_rows_fall_into([ValueSource(nameof(Tasks))] LearningTask task, [Values(2, 31, 32, 33, 200)] int leaves)
    {
        // Up to 32 leaves trees are sets of bits, above they are walked.
        var sample = Sample.Mixed(2000, task);
        var model = sample.Train(o => o with { Trees = 7, Leaves = leaves, MinRowsPerLeaf = 3 });
        Assert.That(model.Trees.Max(tree => tree.Leaves.Length), leaves == 200 ? Is.GreaterThan(100) : Is.EqualTo(leaves));
        var outputs = sample.Predict(model);
        var count = model.OutputCount;
        foreach (var row in sample.AllRows)
        {
            var scores = NaiveTrees.Scores(model, sample.Features, row);
            var expected = task switch
            {
                LearningTask.Regression => scores,
                LearningTask.BinaryClassification => [1 - (1 / (1 + Math.Exp(-scores[0]))), 1 / (1 + Math.Exp(-scores[0]))],
                _ => [.. scores.Select(score => Math.Exp(score) / scores.Sum(Math.Exp))],
            };
            Assert.That(outputs.AsSpan(row * count, count).ToArray(), Is.EqualTo(expected).Within(1e-5), $"row {row}");
        }
    }

    [Test]
    public void Predict_does_not_depend_on_threads_order_or_company([ValueSource(nameof(Tasks))] LearningTask task)
    {
        var sample = Sample.Mixed(5000, task);
        var model = sample.Train(o => o with { Trees = 5 });
        var all = sample.Predict(model);
        Assert.That(sample.Predict(model, threads: 2), Is.EqualTo(all));
        Assert.That(sample.Predict(model, threads: 3), Is.EqualTo(all));
        int[] some = [4999, 3, 3, 0, 77];
        var expected = some.SelectMany(row => all.Skip(row * model.OutputCount).Take(model.OutputCount)).ToArray();
        Assert.That(sample.Predict(model, some), Is.EqualTo(expected));
        Assert.That(sample.Predict(model, []), Is.Empty);
    }

    [Test]
    public void Predict_of_wrong_sizes_is_an_error()
    {
        var sample = Sample.Mixed(200, LearningTask.BinaryClassification);
        var model = sample.Train(o => o with { Trees = 1 });
        Assert.That(() => model.Predict(sample.Features, [0, 1], new float[3]), Throws.ArgumentException.With.Message.Contains("2 rows have 4 outputs, not 3"));
        Assert.That(() => model.Predict(Sample.Regression([[1]], [1]).Features, [0], new float[2]), Throws.ArgumentException.With.Message.Contains("takes 6 features, not 1"));
        Assert.That(() => model.Predict(sample.Features, [200], new float[2]), Throws.InstanceOf<IndexOutOfRangeException>());
    }

    [Test]
    public void Predict_takes_what_is_no_category_for_missing()
    {
        var sample = Sample.Mixed(3000, LearningTask.Regression);
        var model = sample.Train(o => o with { Trees = 40 });
        float[] strange = [float.NaN, 23, 24, 1000, -1, 2.5f, float.PositiveInfinity, float.NegativeInfinity];
        var columns = Enumerable.Range(0, 5).Select(i => Enumerable.Repeat(sample.Features.Column(i)[0], strange.Length).ToArray()).Append(strange).ToArray();
        var rows = Sample.Of([.. sample.Features.Features], columns, LearningTask.Regression, new float[strange.Length]);
        var outputs = rows.Predict(model);
        Assert.That(outputs, Is.All.EqualTo(outputs[0]));
        Assert.That(rows.Predict(sample.Train(o => o with { Trees = 3, Leaves = 100 })).Distinct().Count(), Is.EqualTo(1), "walked trees, too");
    }
}
