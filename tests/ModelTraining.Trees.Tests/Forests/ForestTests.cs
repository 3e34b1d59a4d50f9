namespace ModelTraining.Tests.Forests;

public class ForestTests
{
    private static readonly LearningTask[] Tasks = [LearningTask.Regression, LearningTask.BinaryClassification, LearningTask.MulticlassClassification];

    private static IEnumerable<TestCaseData> Wrong()
    {
        TestCaseData Case(string id, string found, ITrainer trainer) => new TestCaseData(id, found, trainer).SetArgDisplayNames(id, found);
        yield return Case("MT1460", "The 'Trees' option of Trees.RandomForest must be at least 1. Got 0.", Trees.RandomForest(o => o with { Trees = 0 }));
        yield return Case("MT1461", "from 2 to 65536. Got 1.", Trees.RandomForest(o => o with { Leaves = 1 }));
        yield return Case("MT1462", "Got 0.", Trees.RandomForest(o => o with { MaxDepth = 0 }));
        yield return Case("MT1463", "of Trees.ExtraTrees", Trees.ExtraTrees(o => o with { MinRowsPerLeaf = 0 }));
        yield return Case("MT1464", "in (0, 1]. Got 1.5.", Trees.RandomForest(o => o with { RowFraction = 1.5 }));
        yield return Case("MT1465", "Got NaN.", Trees.RandomForest(o => o with { ColumnFraction = double.NaN }));
        yield return Case("MT1466", "Got 256.", Trees.RandomForest(o => o with { MaxBins = 256 }));
    }

    [TestCaseSource(nameof(Wrong))]
    public void Validate_names_the_option_and_the_value(string id, string found, ITrainer trainer)
    {
        var problem = trainer.Validate().Single();
        Assert.That(problem.Id, Is.EqualTo(id));
        Assert.That(problem.Message, Does.Contain(found));
    }

    [Test]
    public void Train_any_number_of_threads_gives_the_same_bits([ValueSource(nameof(Tasks))] LearningTask task, [Values] bool extra)
    {
        var sample = Sample.Mixed(1500, task);
        var trainer = Trainer(extra);
        var one = Train(sample, trainer);
        foreach (var threads in new[] { 2, 5 })
        {
            var model = Train(sample, trainer, threads: threads);
            Assert.That(sample.Predict(model), Is.EqualTo(sample.Predict(one)));
            Assert.That(model.History!.Training, Is.EqualTo(one.History!.Training));
        }
    }

    [Test]
    public void Train_another_seed_gives_another_model([Values] bool extra)
    {
        var sample = Sample.Mixed(500, LearningTask.Regression);
        Assert.That(sample.Predict(Train(sample, Trainer(extra), seed: 1)), Is.Not.EqualTo(sample.Predict(Train(sample, Trainer(extra), seed: 2))));
    }

    [Test]
    public void Emit_predicts_in_OnnxRuntime_what_Predict_does([ValueSource(nameof(Tasks))] LearningTask task, [Values] bool extra)
    {
        var sample = Sample.Mixed(1500, task);
        var model = Train(sample, Trainer(extra));
        Assert.That(OnnxRun.Predict(model, sample.Features), Is.EqualTo(sample.Predict(model)).Within(2e-6));
        if (task == LearningTask.Regression) return;
        var outputs = sample.Predict(model);
        for (var row = 0; row < sample.Rows; row++) Assert.That(outputs.Skip(row * model.OutputCount).Take(model.OutputCount).Sum(), Is.EqualTo(1).Within(1e-6));
    }

    [Test]
    public void Predict_of_one_tree_on_all_rows_is_the_mean_of_each_leaf()
    {
        var sample = Sample.Mixed(800, LearningTask.Regression);
        var model = Train(sample, Trees.RandomForest(o => o with { Trees = 1, RowFraction = 1, ColumnFraction = 1, MinRowsPerLeaf = 10 }));
        var (tree, outputs) = (model.Trees.Single(), sample.Predict(model));
        Assert.That(tree.Leaves, Has.Length.GreaterThan(20));
        foreach (var rows in sample.AllRows.GroupBy(row => NaiveTrees.LeafOf(tree, sample.Features, row)))
        {
            Assert.That(rows.Count(), Is.GreaterThanOrEqualTo(10));
            Assert.That(outputs[rows.First()], Is.EqualTo(rows.Average(row => sample.Target.Values[row])).Within(1e-5));
        }
    }

    [Test]
    public void Train_splits_draw_their_features()
    {
        var sample = Ten();
        var all = Train(sample, Trees.RandomForest(o => o with { ColumnFraction = 1 }));
        var some = Train(sample, Trees.RandomForest(o => o with { ColumnFraction = 0.3 }));
        var first = some.Trees.Select(tree => tree.Features[0]).ToArray();
        Assert.That(all.Trees.Select(tree => tree.Features[0]), Is.All.EqualTo(4), "by far the best feature");
        Assert.That(first.Count(feature => feature == 4), Is.InRange(20, 48));
        Assert.That(first.Distinct().Count(), Is.GreaterThan(6));
        Assert.That(some.Trees.All(tree => tree.Features.Distinct().Count() > 6), "each split draws anew");
    }

    [Test]
    public void ExtraTrees_splits_are_at_bounds_of_chance()
    {
        var sample = Ten();
        var best = Train(sample, Trees.RandomForest(o => o with { ColumnFraction = 1, RowFraction = 1 }));
        var random = Train(sample, Trees.ExtraTrees(o => o with { ColumnFraction = 1 }));
        Assert.That(best.Trees.Select(tree => tree.Thresholds[0]).Distinct().Count(), Is.EqualTo(1));
        Assert.That(random.Trees.Select(tree => tree.Thresholds[0]).Distinct().Count(), Is.GreaterThan(50));
    }

    [Test]
    public void Train_gains_of_splits_add_up_to_what_the_tree_explains([Values] bool extra)
    {
        var mixed = Sample.Mixed(800, LearningTask.Regression);
        var sample = Sample.Regression([.. Enumerable.Range(0, 5).Select(i => mixed.Features.Column(i).ToArray())], mixed.Target.Values.ToArray());
        ForestOptions One(ForestOptions options) => options with { Trees = 1, RowFraction = 1, ColumnFraction = 1, MinRowsPerLeaf = 20 };
        var tree = Train(sample, extra ? Trees.ExtraTrees(One) : Trees.RandomForest(One)).Trees.Single();
        Assert.That(tree.MissingLeft.Zip(tree.Features).Any(split => split.First && split.Second == 3), "missing values go left somewhere");
        double Squares(IEnumerable<int> rows) => rows.Sum(row => Math.Pow(sample.Target.Values[row] - rows.Average(other => sample.Target.Values[other]), 2));
        var left = sample.AllRows.GroupBy(row => NaiveTrees.LeafOf(tree, sample.Features, row)).Sum(rows => Squares(rows.ToArray()));
        Assert.That(tree.Gains.Sum(), Is.EqualTo(Squares(sample.AllRows) - left).Within(1).Percent);
    }

    [Test]
    public void Train_weight_of_a_row_counts_as_so_many_rows()
    {
        var sample = Sample.Regression([[1, 1, 1, 1, 2, 2, 2, 2]], [0, 0, 0, 8, 1, 1, 1, 1]);
        var model = Train(sample, Trees.ExtraTrees(o => o with { Trees = 5, MinRowsPerLeaf = 1 }), weights: [1, 1, 1, 5, 1, 1, 1, 1]);
        Assert.That(sample.Predict(model), Is.EqualTo(new[] { 5f, 5, 5, 5, 1, 1, 1, 1 }).Within(1e-5));
    }

    [Test]
    public void History_of_rows_out_of_the_bag_tells_what_other_rows_will()
    {
        var sample = Sample.Mixed(3000, LearningTask.Regression);
        var model = Train(sample, Trees.RandomForest(), sample.TrainingRows);
        var history = model.History!;
        Assert.That(history.Metric, Is.EqualTo("rmse"));
        Assert.That(history.Training, Has.Count.EqualTo(100));
        Assert.That(history.Training[^1], Is.LessThan(0.8 * history.Training[0]));
        Assert.That(history.Training[^1], Is.EqualTo(Score.Rmse(sample, sample.Predict(model, sample.TestRows), sample.TestRows)).Within(10).Percent);
        Assert.That(history.Training[^1], Is.GreaterThan(1.3 * Score.Rmse(sample, sample.Predict(model, sample.TrainingRows), sample.TrainingRows)), "rows in the bag look better than they are");
    }

    [Test]
    public void Train_cancelled_keeps_the_trees_so_far([ValueSource(nameof(Tasks))] LearningTask task)
    {
        var sample = Sample.Mixed(600, task);
        using var source = new CancellationTokenSource();
        var progress = new Listener(told => { if (told.Completed == 4) source.Cancel(); });
        var data = sample.Data();
        var model = (TreeEnsembleModel)Trees.RandomForest().TrainAsync(data, new TrainingContext { Time = new SteppingClock(), Threads = 1, Progress = progress }, source.Token).AsTask().GetAwaiter().GetResult();
        Assert.That(model.Status, Is.EqualTo(RunStatus.Cancelled));
        Assert.That(sample.Predict(model), Is.EqualTo(sample.Predict(Train(sample, Trees.RandomForest(o => o with { Trees = 4 })))));
        Assert.That(async () => await Trees.RandomForest().TrainAsync(data, new TrainingContext(), new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Train_constant_features_predicts_the_mean()
    {
        var sample = Sample.Regression([[7, 7, 7, 7]], [1, 2, 3, 6]);
        Assert.That(sample.Predict(Train(sample, Trainer(extra: true))), Is.All.EqualTo(3f).Within(1e-6));
    }

    /// <summary>Ten features, of which the fifth is all that matters.</summary>
    private static Sample Ten()
    {
        var random = new SeededRandom(5);
        var columns = Enumerable.Range(0, 10).Select(_ => Enumerable.Range(0, 500).Select(_ => (float)random.NextNormal()).ToArray()).ToArray();
        return Sample.Regression(columns, [.. columns[4].Select(x => x + (float)(0.2 * random.NextNormal()))]);
    }

    internal static TreeEnsembleModel Train(Sample sample, ITrainer trainer, int[]? training = null, float[]? weights = null, ulong seed = 0, int threads = 1) =>
        (TreeEnsembleModel)trainer.TrainAsync(sample.Data(training, null, weights), new TrainingContext { Random = new SeededRandom(seed), Threads = threads }, default).AsTask().GetAwaiter().GetResult();

    private static ITrainer Trainer(bool extra) => extra ? Trees.ExtraTrees(o => o with { Trees = 20 }) : Trees.RandomForest(o => o with { Trees = 20 });
}
