using ModelTraining.Onnx;

namespace ModelTraining.Tests.GradientBoosting;

public class ObjectiveTests
{
    private static readonly BoostingObjective[] Objectives =
    [
        BoostingObjective.SquaredError, BoostingObjective.AbsoluteError, BoostingObjective.Huber(0.5), BoostingObjective.Quantile(0.8),
        BoostingObjective.Poisson, BoostingObjective.Tweedie(), new LogCosh(),
    ];

    [TestCaseSource(nameof(Objectives))]
    public void Curve_is_the_loss_of_the_model(BoostingObjective objective)
    {
        var sample = Positive(600);
        var weights = sample.AllRows.Select(row => 0.5f + (row % 3)).ToArray();
        var model = sample.Train(o => o with { Objective = objective, Patience = 7, Trees = 200 }, sample.TrainingRows, sample.TestRows, weights);
        var history = model.History!;
        Assert.That(history.Metric, Is.EqualTo(objective.Metric));
        Assert.That(history.BestStep, Is.InRange(10, 200));
        double Loss(int[] rows)
        {
            var predicted = sample.Predict(model, rows);
            double Of(int i) => objective.Loss(ScoreOf(objective, predicted[i]), sample.Target.Values[rows[i]]);
            var mean = rows.Select((row, i) => weights[row] * Of(i)).Sum() / rows.Sum(row => weights[row]);
            return objective.Metric == "rmse" ? Math.Sqrt(mean) : mean;
        }

        Assert.That(history.Validation[history.BestStep - 1], Is.EqualTo(Loss(sample.TestRows)).Within(1e-5));
        Assert.That(history.Training[history.BestStep - 1], Is.EqualTo(Loss(sample.TrainingRows)).Within(1e-5));
        Assert.That(history.Training[^1], Is.LessThan(0.8 * history.Training[0]));
    }

    [TestCaseSource(nameof(Objectives))]
    public void Model_is_the_same_on_any_number_of_threads(BoostingObjective objective)
    {
        var sample = Positive(30_000);
        var weights = sample.AllRows.Select(row => 0.5f + (row % 3)).ToArray();
        GradientBoostingOptions Options(GradientBoostingOptions o) => o with { Objective = objective, Trees = 4, RowFraction = 0.8 };
        var one = sample.Predict(sample.Train(Options, weights: weights));
        foreach (var threads in new[] { 2, 5 }) Assert.That(sample.Predict(sample.Train(Options, weights: weights, threads: threads)), Is.EqualTo(one));
    }

    [TestCaseSource(nameof(Objectives))]
    public void Emit_predicts_in_OnnxRuntime_what_Predict_does(BoostingObjective objective)
    {
        var sample = Positive(2000);
        var model = sample.Train(o => o with { Objective = objective, Trees = 40 });
        var (ours, theirs) = (sample.Predict(model), OnnxRun.Predict(model, sample.Features));
        Assert.That(ours.Zip(theirs).Max(pair => Math.Abs(pair.First - pair.Second) / Math.Max(1, Math.Abs(pair.First))), Is.LessThan(1e-5));
    }

    [TestCaseSource(nameof(Objectives))]
    public void Weight_of_two_is_like_two_rows(BoostingObjective objective)
    {
        // One split and no rounding that matters: leaves are in full precision.
        var random = new SeededRandom(1);
        var column = Enumerable.Range(0, 401).Select(row => (float)(row % 2)).ToArray();
        var sample = Sample.Regression([column], [.. column.Select(value => (float)((3 * value) + 1 + random.NextDouble()))]);
        var doubled = sample.AllRows.Where(row => row % 3 == 0).ToArray();
        GradientBoostingOptions Options(GradientBoostingOptions o) => o with { Objective = objective, Trees = 3 };
        var weighted = sample.Predict(sample.Train(Options, weights: [.. sample.AllRows.Select(row => row % 3 == 0 ? 2f : 1)]));
        var twice = sample.Predict(sample.Train(Options, [.. sample.AllRows, .. doubled]));
        Assert.That(weighted, Is.EqualTo(twice).Within(1e-5));
        Assert.That(sample.Predict(sample.Train(Options)), Is.Not.EqualTo(weighted).Within(1e-5));
    }

    [Test]
    public void Leaf_is_the_quantile_of_its_rows()
    {
        var random = new SeededRandom(2);
        var column = Enumerable.Range(0, 402).Select(row => (float)(row % 2)).ToArray();
        var target = column.Select(value => (float)((5 * value) + random.NextNormal())).ToArray();
        var predicted = Sample.Regression([column], target).Predict(Sample.Regression([column], target).Train(o => o with { Objective = BoostingObjective.Quantile(0.9), Trees = 1, LearningRate = 1 }), [0, 1]);
        float[] Side(int side) => [.. target.Where((_, row) => row % 2 == side).Order()];
        Assert.That(predicted, Is.EqualTo(new[] { Side(0)[180], Side(1)[180] }).Within(1e-5)); // of 201: 180.9 rows lie below
    }

    [Test]
    public void Absolute_error_keeps_the_digits_of_large_targets()
    {
        var column = Enumerable.Range(0, 400).Select(row => (float)(row % 2)).ToArray();
        var sample = Sample.Regression([column], [.. column.Select(value => 16_000_000f + (4 * value))]);
        var model = sample.Train(o => o with { Objective = BoostingObjective.AbsoluteError, Trees = 60, LearningRate = 0.5 });
        Assert.That(sample.Predict(model), Is.EqualTo(sample.Target.Values.ToArray()).Within(0.5));
    }

    [Test]
    public void MaxDeltaStep_bounds_leaves()
    {
        var sample = Positive(2000);
        double Most(double? step) => sample.Train(o => o with { Objective = BoostingObjective.Poisson, Trees = 20, MaxDeltaStep = step }).Trees.Max(tree => tree.Leaves.Max(leaf => Math.Abs(leaf)));
        Assert.That(Most(0.2), Is.EqualTo(0.02).Within(1e-6));
        Assert.That(Most(null), Is.InRange(0.021, 0.3));
    }

    [Test]
    public void Rare_large_counts_do_not_overshoot()
    {
        var column = Enumerable.Range(0, 4000).Select(row => row < 40 ? 1f : 0).ToArray();
        var sample = Sample.Regression([column], [.. column.Select(value => value == 1 ? 1000f : 0.001f)]);
        var model = sample.Train(o => o with { Objective = BoostingObjective.Poisson, Trees = 200 });
        Assert.That(model.History!.Training.Max(), Is.EqualTo(model.History.Training[0]));
        Assert.That(sample.Predict(model, [0])[0], Is.EqualTo(1000).Within(5).Percent);
    }

    [Test]
    public void Classes_take_no_objective() => AssertProblem(
        () => Sample.Mixed(100, LearningTask.BinaryClassification).Train(o => o with { Objective = BoostingObjective.Poisson }), "MT2420", "The objective 'Poisson' is for numbers, and 'y' has 2 classes. Leave out Objective");

    [Test]
    public void Target_that_the_objective_does_not_take_is_an_error()
    {
        AssertProblem(() => Sample.Regression([[1, 2, 3]], [1, -2, 0]).Train(o => o with { Objective = BoostingObjective.Poisson }), "MT2421", "The target 'y' of row 1 is -2; the objective 'Poisson' takes numbers of at least 0. Leave out such rows");
        AssertProblem(() => Sample.Regression([[1, 2, 3]], [1, 2, -3]).Train(o => o with { Objective = BoostingObjective.Tweedie(1.3) }, [0, 1], [2]), "MT2421", "row 2 is -3; the objective 'Tweedie 1.3'");
    }

    [Test]
    public void Targets_without_a_start_are_an_error() => AssertProblem(
        () => Sample.Regression([[1, 2, 3]], [0, 0, 0]).Train(o => o with { Objective = BoostingObjective.Poisson }), "MT2422", "starts from a score of -Infinity for the 3 training rows");

    [Test]
    public void Gradient_that_is_no_number_is_an_error() => AssertProblem(
        () => Sample.Regression([[1, 2, 3]], [0, 1, 2]).Train(o => o with { Objective = new Concave() }), "MT2423", "gives row 1, of target 1 and score 0, a gradient of 1 and a hessian of -1; both must be finite");

    [Test]
    public void Numbers_of_objectives_are_checked()
    {
        string[] Said(BoostingObjective objective) => [.. Trees.GradientBoosting(o => o with { Objective = objective }).Validate().Select(problem => $"{problem.Id} {problem.Message}")];
        Assert.That(Said(BoostingObjective.Quantile(1)), Is.EqualTo(new[] { "MT1420 The 'alpha' of BoostingObjective.Quantile must be in (0, 1). Got 1." }));
        Assert.That(Said(BoostingObjective.Huber(0)).Single(), Does.Contain("'delta' of BoostingObjective.Huber must be a finite number above 0. Got 0."));
        Assert.That(Said(BoostingObjective.Tweedie(2)).Single(), Does.Contain("must be in (1, 2). Got 2."));
        Assert.That(Trees.GradientBoosting(o => o with { MaxDeltaStep = 0 }).Validate().Single().Message, Does.Contain("'MaxDeltaStep' option of Trees.GradientBoosting must be above 0. Got 0."));
        Assert.That(Objectives.SelectMany(Said), Is.Empty);
    }

    private static double ScoreOf(BoostingObjective objective, double predicted) => objective is LogCosh ? predicted / 2 : objective.Predict(1) == 1 ? predicted : Math.Log(predicted);

    private static Sample Positive(int rows)
    {
        var mixed = Sample.Mixed(rows, LearningTask.Regression);
        var columns = Enumerable.Range(0, 6).Select(i => mixed.Features.Column(i).ToArray()).ToArray();
        return Sample.Of([.. mixed.Features.Features], columns, LearningTask.Regression, [.. mixed.Target.Values.ToArray().Select(value => Math.Max(0, value + 1))]);
    }

    private static void AssertProblem(Action train, string id, string said)
    {
        var failure = Assert.Throws<ModelTrainingException>(train);
        Assert.That(failure!.Id, Is.EqualTo(id));
        Assert.That(failure.Message, Does.Contain(said));
    }

    /// <summary>A user's own, whose prediction is twice its score.</summary>
    private sealed class LogCosh : BoostingObjective
    {
        public override string Metric => "log_cosh";

        public override double Loss(double score, double target) => Math.Log(Math.Cosh(Predict(score) - target));

        public override (double Gradient, double Hessian) Differentiate(double score, double target)
        {
            var slope = Math.Tanh(Predict(score) - target);
            return (2 * slope, 4 * (1.01 - (slope * slope)));
        }

        public override double InitialScore(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) => WeightedMean.Of(targets, weights) / 2;

        public override double Predict(double score) => 2 * score;

        public override Value Emit(Value scores) => scores + scores;
    }

    private sealed class Concave : BoostingObjective
    {
        public override string Metric => "concave";

        public override double Loss(double score, double target) => -score * score * target;

        public override (double Gradient, double Hessian) Differentiate(double score, double target) => (target, -target);

        public override double InitialScore(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) => 0;
    }
}
