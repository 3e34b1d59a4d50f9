namespace ModelTraining.Tests;

public class TreeShapTests
{
    [TestCase(LearningTask.Regression, 4)]
    [TestCase(LearningTask.Regression, 31)]
    [TestCase(LearningTask.BinaryClassification, 31)]
    [TestCase(LearningTask.MulticlassClassification, 16)]
    public void Explain_boosted_trees_equals_definition(LearningTask task, int leaves)
    {
        var sample = Sample.Mixed(400, task);
        var model = sample.Train(o => o with { Trees = 4, Leaves = leaves, MinRowsPerLeaf = 3 });

        AssertDefinition(model, sample, sample.AllRows, null, [0, 7, 33, 150, 399]);
    }

    [Test]
    public void Explain_weighted_rows_equals_definition_with_their_weights()
    {
        var sample = Sample.Mixed(300, LearningTask.Regression);
        var weights = Enumerable.Range(0, sample.Rows).Select(row => row % 7 == 0 ? 0 : 0.25f * (1 + (row % 5))).ToArray();
        var model = sample.Train(o => o with { Trees = 3, Leaves = 20, MinRowsPerLeaf = 2 }, weights: weights);

        AssertDefinition(model, sample, [.. sample.AllRows.Where(row => weights[row] > 0)], weights, [0, 8, 299]);
    }

    [TestCase(LearningTask.Regression)]
    [TestCase(LearningTask.BinaryClassification)]
    [TestCase(LearningTask.MulticlassClassification)]
    public void Explain_forest_equals_definition(LearningTask task)
    {
        var sample = Sample.Mixed(250, task);
        var model = Forest(sample, o => o with { Trees = 3, RowFraction = 1 });

        AssertDefinition(model, sample, sample.AllRows, null, [1, 100, 249]);
    }

    /// <summary>XGBoost 1.7.4: two trees of squared error, whose covers are counts of rows, and what predict(pred_contribs=True) says.</summary>
    [Test]
    public void Explain_trees_of_XGBoost_equals_its_contributions()
    {
        DecisionTree[] trees =
        [
            Tree([0, 2, 0, 2], [3.5f, 5.5f, 0.5f, 4.5f], [true, true, true, true], [1, 2, -1, -4], [3, -3, -2, -5],
                [-0.222711802f, 1.35387301f, 4.00693178f, 5.77697229f, 8.20675182f], [7, 13, 8, 19, 13]),
            Tree([0, 2, 0, 1, 0], [4.5f, 4.5f, 1.5f, 2.5f, 6.5f], [true, true, true, false, true], [1, 2, -1, -3, -5], [4, 3, -2, -4, -6],
                [-0.031082483f, 1.15457761f, 0.581865788f, 2.34937382f, 2.51236439f, 4.42698097f], [13, 6, 3, 10, 8, 20]),
        ];
        var features = new FeatureSet(Sample.Numeric(3), [(float[])[1, 8, 5, 0], (float[])[2, float.NaN, 6, 8], (float[])[7, 3, 5, 8]]);
        var explainer = new TreeExplainer(trees, [0.5f], features.Features);
        var values = new float[12];

        explainer.Explain(features, new[] { 0, 1, 2, 3 }, values, 1, default);

        Assert.That(explainer.BaseValues[0], Is.EqualTo(7.249139).Within(2e-6));
        Assert.That(values, Is.EqualTo(new[] { -3.7602043f, -0.76431507f, 2.3641777f, 4.5836506f, 0.029458465f, -1.1582947f, 2.7372959f, 0.06571503f, 1.1669663f, -3.9924765f, 0.22929445f, 3.370348f }).Within(5e-6));
    }

    [Test]
    public void Explain_real_table_sums_to_score_at_any_number_of_threads()
    {
        var sample = RealData.Classes("tabular/adult.csv");
        var model = sample.Train(o => o with { Trees = 50 }, sample.TrainingRows);
        var rows = sample.TestRows.Take(1000).ToArray();
        var values = Explain(model, sample, rows);

        Assert.That(Explain(model, sample, rows, 4), Is.EqualTo(values));
        for (var i = 0; i < rows.Length; i++)
        {
            var sum = model.BaseValues[0];
            foreach (var value in values.AsSpan(i * sample.Features.Count, sample.Features.Count)) sum += value;
            Assert.That(sum, Is.EqualTo(NaiveTrees.Scores(model, sample.Features, rows[i])[0]).Within(1e-5));
        }
    }

    [Test]
    public void Explain_deep_forest_sums_to_prediction()
    {
        var sample = RealData.Numbers("tabular/california-housing.csv", "median_house_value");
        var model = Forest(sample, o => o with { Trees = 3 }, sample.TrainingRows);
        var rows = sample.TestRows.Take(40).ToArray();
        var values = Explain(model, sample, rows);
        var predicted = sample.Predict(model, rows);

        for (var i = 0; i < rows.Length; i++)
        {
            var sum = model.BaseValues[0];
            foreach (var value in values.AsSpan(i * sample.Features.Count, sample.Features.Count)) sum += value;
            Assert.That(sum, Is.EqualTo(predicted[i]).Within(1e-6 * Math.Abs(predicted[i])));
        }
    }

    /// <summary>A single way down with a split by each of 60 features: products over all of them stay numbers.</summary>
    [Test]
    public void Explain_chain_of_many_features_is_exact()
    {
        const int Count = 60;
        var chain = Tree([.. Enumerable.Range(0, Count)], [.. Enumerable.Repeat(0f, Count)], new bool[Count],
            [.. Enumerable.Range(0, Count).Select(i => ~i)], [.. Enumerable.Range(1, Count).Select(i => i == Count ? ~Count : i)],
            [.. Enumerable.Range(0, Count + 1).Select(i => i == Count ? 1f : 0f)], [.. Enumerable.Range(0, Count + 1).Select(_ => 1f)]);
        var features = new FeatureSet(Sample.Numeric(Count), [.. Enumerable.Range(0, Count).Select(_ => (ReadOnlyMemory<float>)new[] { 1f })]);
        var explainer = new TreeExplainer([chain], [0f], features.Features);
        var values = new float[Count];

        explainer.Explain(features, new[] { 0 }, values, 1, default);

        // By definition, with the polynomial ∏ (zⱼ + oⱼ s) over the other features multiplied out; zⱼ = (Count − j) / (Count + 1 − j).
        for (var feature = 0; feature < Count; feature += 7)
        {
            var bySize = new double[Count];
            bySize[0] = 1;
            for (var j = 0; j < Count; j++)
            {
                if (j == feature) continue;
                var z = (double)(Count - j) / (Count + 1 - j);
                for (var size = Count - 1; size >= 0; size--) bySize[size] = (z * bySize[size]) + (size > 0 ? bySize[size - 1] : 0);
            }

            var expected = 0.0;
            for (var size = 0; size < Count; size++) expected += bySize[size] / (Count * Choose(Count - 1, size));
            expected *= 1 - ((double)(Count - feature) / (Count + 1 - feature));
            Assert.That(values[feature], Is.EqualTo(expected).Within(1e-6 * expected));
        }
    }

    [Test]
    public void Explain_leaves_without_cover_still_sums_to_score()
    {
        var tree = Tree([0, 1, 0], [0f, 0f, 2f], new bool[3], [1, -1, -3], [2, -2, -4], [1f, 2f, 4f, 8f], [0f, 0f, 3f, 0f]);
        var features = new FeatureSet(Sample.Numeric(2), [(float[])[-1, 1, 3], (float[])[-1, 1, 1]]);
        var explainer = new TreeExplainer([tree], [0f], features.Features);
        var values = new float[6];

        explainer.Explain(features, new[] { 0, 1, 2 }, values, 1, default);

        Assert.That(explainer.BaseValues[0], Is.EqualTo(4));
        Assert.That(values[0] + values[1], Is.EqualTo(1 - 4));
        Assert.That(values[1], Is.EqualTo(-0.25f), "half of what it does where x0 is known: 1.5 or 1, and nothing where it is not");
        Assert.That(values[2..], Is.EqualTo(new float[] { 0, 0, 4, 0 }).Within(1e-20));
    }

    [Test]
    public void Explain_model_without_splits_says_nothing()
    {
        var sample = Sample.Regression([[1, 1, 1, 1]], [1, 2, 3, 6]);
        var model = sample.Train(o => o with { Trees = 2 });

        Assert.That(Explain(model, sample, sample.AllRows), Is.All.Zero);
        Assert.That(model.BaseValues[0], Is.EqualTo(3).Within(1e-6));
    }

    [TestCase(LearningTask.Regression, "value", "value")]
    [TestCase(LearningTask.BinaryClassification, "log-odds", "probability")]
    [TestCase(LearningTask.MulticlassClassification, "score before softmax", "probability")]
    public void ExplainedUnit_is_of_what_trees_sum_to(LearningTask task, string boosting, string forest)
    {
        var sample = Sample.Mixed(100, task);
        Assert.That(sample.Train(o => o with { Trees = 1 }).ExplainedUnit, Is.EqualTo(boosting));
        Assert.That(Forest(sample, o => o with { Trees = 1 }).ExplainedUnit, Is.EqualTo(forest));
    }

    [Test]
    public void ExplainedUnit_ofAnObjective_isOfItsScore()
    {
        var sample = Sample.Regression([[1, 2, 3, 4]], [1, 2, 3, 6]);
        Assert.That(sample.Train(o => o with { Trees = 1, Objective = BoostingObjective.AbsoluteError }).ExplainedUnit, Is.EqualTo("value"));
        Assert.That(sample.Train(o => o with { Trees = 1, Objective = BoostingObjective.Poisson }).ExplainedUnit, Is.EqualTo("log of the value"));
    }

    [Test]
    public void Explain_cancelled_throws()
    {
        var sample = Sample.Mixed(100, LearningTask.Regression);
        var model = sample.Train(o => o with { Trees = 1 });
        Assert.That(() => model.Explain(sample.Features, sample.AllRows, new float[600], 1, new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
    }

    private static void AssertDefinition(TreeEnsembleModel model, Sample sample, int[] trainingRows, float[]? weights, int[] rows)
    {
        var definition = new ShapleyByDefinition(model, sample.Features, trainingRows, weights);
        var values = Explain(model, sample, rows);
        var position = 0;
        Assert.That(model.Trees.Max(tree => tree.Features.Length), Is.GreaterThan(2));
        foreach (var row in rows)
        {
            for (var output = 0; output < model.BaseScores.Count; output++)
            {
                Assert.That(model.BaseValues[output], Is.EqualTo(definition.Known(row, output, 0)).Within(1e-6));
                for (var feature = 0; feature < sample.Features.Count; feature++) Assert.That(values[position++], Is.EqualTo(definition.Value(row, output, feature)).Within(1e-6));
            }
        }
    }

    private static float[] Explain(TreeEnsembleModel model, Sample sample, int[] rows, int threads = 1)
    {
        var values = new float[rows.Length * model.BaseScores.Count * sample.Features.Count];
        model.Explain(sample.Features, rows, values, threads);
        return values;
    }

    private static TreeEnsembleModel Forest(Sample sample, Func<ForestOptions, ForestOptions> configure, int[]? training = null) =>
        (TreeEnsembleModel)Trees.RandomForest(configure).TrainAsync(sample.Data(training), new TrainingContext { Threads = 2 }, default).AsTask().GetAwaiter().GetResult();

    private static DecisionTree Tree(int[] features, float[] thresholds, bool[] missingLeft, int[] left, int[] right, float[] leaves, float[] covers) => new()
    {
        Output = 0,
        Features = features,
        Thresholds = thresholds,
        MissingLeft = missingLeft,
        Categories = new BinSet?[features.Length],
        Left = left,
        Right = right,
        Gains = new double[features.Length],
        Leaves = leaves,
        LeafCovers = covers,
    };

    private static double Choose(int n, int k)
    {
        var result = 1.0;
        for (var i = 1; i <= k; i++) result = result * (n - k + i) / i;
        return result;
    }
}
