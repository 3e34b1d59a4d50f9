namespace ModelTraining.Tests.GradientBoosting;

public class ConstraintTests
{
    private static readonly LearningTask[] Tasks = [LearningTask.Regression, LearningTask.BinaryClassification];

    [Test]
    public void Predictions_rise_and_fall_as_said_for_all_pairs([ValueSource(nameof(Tasks))] LearningTask task, [Values(31, 100)] int leaves, [Values] bool weighted)
    {
        // x0 rises and x1 times x2 goes either way: each is held to a direction that the data partly speaks against.
        var sample = Sample.Mixed(4000, task);
        var weights = weighted ? sample.AllRows.Select(row => 0.2f + (row % 7)).ToArray() : null;
        var model = sample.Train(o => o with { Trees = 60, Leaves = leaves, RowFraction = weighted ? 0.7 : 1, MonotoneIncreasing = ["x0", "x1", "x3"], MonotoneDecreasing = ["x2"] }, weights: weights);
        Assert.That(model.Trees.SelectMany(tree => tree.Features).Distinct(), Is.SupersetOf(new[] { 0, 1, 2, 3 }));
        foreach (var (feature, direction) in new[] { (0, 1), (1, 1), (2, -1), (3, 1) }) Assert.That(WorstStep(sample, model, feature, direction), Is.GreaterThanOrEqualTo(0), $"x{feature}");
        Assert.That(WorstStep(sample, sample.Train(o => o with { Trees = 60, Leaves = leaves }), 1, 1), Is.LessThan(0), "without constraints");
    }

    private static readonly BoostingObjective[] Objectives = [BoostingObjective.Poisson, BoostingObjective.Tweedie(), BoostingObjective.AbsoluteError, BoostingObjective.Huber(0.5), BoostingObjective.Quantile(0.9)];

    [TestCaseSource(nameof(Objectives))]
    public void Predictions_of_other_objectives_rise(BoostingObjective objective)
    {
        var mixed = Sample.Mixed(3000, LearningTask.Regression);
        var sample = Sample.Of([.. mixed.Features.Features], [.. Enumerable.Range(0, 6).Select(i => mixed.Features.Column(i).ToArray())], LearningTask.Regression, [.. mixed.Target.Values.ToArray().Select(value => Math.Max(0, value))]);
        var model = sample.Train(o => o with { Trees = 40, Objective = objective, MonotoneIncreasing = ["x1"], L1 = 0.5 }, weights: [.. sample.AllRows.Select(row => 0.5f + (row % 4))]);
        Assert.That(model.Trees.SelectMany(tree => tree.Features), Has.Member(1));
        Assert.That(WorstStep(sample, model, 1, 1), Is.GreaterThanOrEqualTo(0));
        Assert.That(WorstStep(sample, sample.Train(o => o with { Trees = 40, Objective = objective }), 1, 1), Is.LessThan(0), "without constraints");
    }

    [TestCaseSource(nameof(Objectives))]
    public void Directions_that_hold_anyway_leave_the_quality(BoostingObjective objective)
    {
        var random = new SeededRandom(4);
        float[][] columns = [.. Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, 4000).Select(_ => (float)random.NextNormal()).ToArray())];
        var sample = Sample.Regression(columns, [.. Enumerable.Range(0, 4000).Select(row => (float)Math.Exp((0.5 * columns[0][row]) - (0.3 * columns[1][row]) + (0.3 * random.NextNormal())))]);
        double Loss(GradientBoostingOptions o) => sample.Train(_ => o with { Objective = objective }, sample.TrainingRows, sample.TestRows).History!.Validation.Min();
        var options = new GradientBoostingOptions { Trees = 100 };
        Assert.That(Loss(options with { MonotoneIncreasing = ["x0"], MonotoneDecreasing = ["x1"] }), Is.LessThan(1.01 * Loss(options)));
    }

    [Test]
    public void Constraint_that_the_data_keeps_costs_nothing_to_speak_of()
    {
        var random = new SeededRandom(4);
        float[][] columns = [.. Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, 3000).Select(_ => (float)random.NextNormal()).ToArray())];
        var sample = Sample.Regression(columns, [.. Enumerable.Range(0, 3000).Select(row => (float)((2 * columns[0][row]) - columns[1][row] + (0.5 * random.NextNormal())))]);
        double Rmse(TreeEnsembleModel model) => Score.Rmse(sample, sample.Predict(model, sample.TestRows), sample.TestRows);
        var free = Rmse(sample.Train(o => o with { Trees = 100 }, sample.TrainingRows));
        var held = Rmse(sample.Train(o => o with { Trees = 100, MonotoneIncreasing = ["x0"], MonotoneDecreasing = ["x1"] }, sample.TrainingRows));
        Assert.That(held, Is.LessThan(free), "what is known beforehand helps");
        Assert.That(Rmse(sample.Train(o => o with { Trees = 100, MonotoneDecreasing = ["x0"] }, sample.TrainingRows)), Is.GreaterThan(2 * free), "what is wrong does not");
    }

    [Test]
    public void Bounds_that_do_not_bind_change_nothing()
    {
        // A column that never splits has a direction: every bound is infinite, and all goes through the search that knows bounds.
        var mixed = Sample.Mixed(3000, LearningTask.Regression);
        var columns = Enumerable.Range(0, 6).Select(i => mixed.Features.Column(i).ToArray()).Append([.. Enumerable.Range(0, 3000).Select(row => row < 5 ? 1f : 0)]).ToArray();
        var sample = Sample.Of([.. mixed.Features.Features, new FeatureInfo("rare")], columns, LearningTask.Regression, mixed.Target.Values.ToArray());
        Assert.That(sample.Predict(sample.Train(o => o with { Trees = 20, MonotoneIncreasing = ["rare"] })), Is.EqualTo(sample.Predict(sample.Train(o => o with { Trees = 20 }))).Within(1e-5));
    }

    [Test]
    public void Features_of_a_path_are_of_one_group([Values] bool drawn)
    {
        var sample = Sample.Mixed(4000, LearningTask.Regression);
        string[][] groups = [["x0", "x1"], ["x1", "x2"], ["x3", "category"], ["x4"]];
        var model = sample.Train(o => o with { Trees = 40, ColumnFraction = drawn ? 0.7 : 1, InteractionGroups = [.. groups] });
        string[] names = [.. sample.Features.Features.Select(feature => feature.Name)];
        var paths = model.Trees.SelectMany(tree => Paths(tree, 0)).Select(path => path.Select(feature => names[feature]).Distinct().ToArray()).ToArray();
        foreach (var path in paths) Assert.That(groups.Any(group => path.All(group.Contains)), string.Join(", ", path));
        Assert.That(paths.Any(path => path.Length == 2 && path.Contains("x3") && path.Contains("category")), "some path uses a group");
        Assert.That(sample.Train(o => o with { Trees = 40 }).Trees.SelectMany(tree => Paths(tree, 0)).Any(path => path.Contains(0) && path.Contains(3)), "without groups");
    }

    [Test]
    public void Features_of_no_group_are_a_group()
    {
        var sample = Sample.Mixed(4000, LearningTask.Regression);
        var paths = sample.Train(o => o with { Trees = 40, InteractionGroups = [["x0"]] }).Trees.SelectMany(tree => Paths(tree, 0)).Select(path => path.Distinct().ToArray()).ToArray();
        Assert.That(paths.Where(path => path.Contains(0)).All(path => path.Length == 1));
        Assert.That(paths.Any(path => path.Contains(1) && path.Contains(2)));
    }

    [Test]
    public void Model_is_the_same_on_any_number_of_threads()
    {
        var sample = Sample.Mixed(30_000, LearningTask.BinaryClassification);
        GradientBoostingOptions Options(GradientBoostingOptions o) => o with { Trees = 5, MonotoneIncreasing = ["x1"], InteractionGroups = [["x0", "x1", "x3"]] };
        var one = sample.Predict(sample.Train(Options));
        foreach (var threads in new[] { 2, 5 }) Assert.That(sample.Predict(sample.Train(Options, threads: threads)), Is.EqualTo(one));
    }

    [Test]
    public void Names_that_are_no_features_are_an_error()
    {
        var sample = Sample.Mixed(200, LearningTask.Regression);
        AssertProblem(() => sample.Train(o => o with { MonotoneIncreasing = ["x7"] }), "MT2424", "MonotoneIncreasing names 'x7', which is no feature.", "'x0'");
        AssertProblem(() => sample.Train(o => o with { MonotoneDecreasing = ["x7"] }), "MT2424", "MonotoneDecreasing names 'x7'");
        AssertProblem(() => sample.Train(o => o with { InteractionGroups = [["x0"], ["x1", "categroy"]] }), "MT2424", "InteractionGroups names 'categroy'", "'category'");
    }

    [Test]
    public void Directions_that_mean_nothing_are_an_error()
    {
        AssertProblem(() => Sample.Mixed(200, LearningTask.Regression).Train(o => o with { MonotoneIncreasing = ["category"] }), "MT2425", "'category': the feature is a category, which has no order");
        AssertProblem(() => Sample.Mixed(200, LearningTask.MulticlassClassification).Train(o => o with { MonotoneIncreasing = ["x0"] }), "MT2426", "'y' has 3 classes");
        Assert.That(Trees.GradientBoosting(o => o with { MonotoneIncreasing = ["a"], MonotoneDecreasing = ["b", "a"] }).Validate().Single().Id, Is.EqualTo("MT1422"));
    }

    /// <summary>The least step in a direction between any two rows that differ in one feature; each is taken from some rows at all values that trees know.</summary>
    private static float WorstStep(Sample sample, TreeEnsembleModel model, int feature, int direction)
    {
        var thresholds = model.Trees.SelectMany(tree => tree.Features.Zip(tree.Thresholds)).Where(split => split.First == feature && float.IsFinite(split.Second)).Select(split => split.Second).Distinct().Order().ToArray();
        float[] values = [-1e6f, .. thresholds, 1e6f];
        var worst = float.PositiveInfinity;
        for (var row = 0; row < 40; row++)
        {
            var columns = Enumerable.Range(0, sample.Features.Count).Select(i => i == feature ? values : [.. Enumerable.Repeat(sample.Features.Column(i)[row], values.Length)]).ToArray();
            var moved = Sample.Of([.. sample.Features.Features], columns, LearningTask.Regression, new float[values.Length]);
            var outputs = moved.Predict(model);
            var (width, last) = (model.OutputCount, model.OutputCount - 1);
            // Steps of neighbours that never turn back leave none for any pair.
            for (var i = 1; i < values.Length; i++) worst = Math.Min(worst, direction * (outputs[(i * width) + last] - outputs[((i - 1) * width) + last]));
        }

        return worst;
    }

    private static IEnumerable<int[]> Paths(DecisionTree tree, int split)
    {
        if (tree.Features.Length == 0) return [];
        return new[] { tree.Left[split], tree.Right[split] }.SelectMany(child => child < 0 ? [[tree.Features[split]]] : Paths(tree, child).Select(path => path.Prepend(tree.Features[split]).ToArray()));
    }

    private static void AssertProblem(Action train, string id, params string[] said)
    {
        var failure = Assert.Throws<ModelTrainingException>(train);
        Assert.That(failure!.Id, Is.EqualTo(id));
        foreach (var part in said) Assert.That(failure.Message, Does.Contain(part));
    }
}
