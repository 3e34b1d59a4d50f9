namespace ModelTraining.Tests;

public class EvaluatorTests
{
    private readonly List<string> _warnings = [];

    [SetUp]
    public void ForgetWarnings() => _warnings.Clear();

    [Test]
    public void Evaluate_two_classes_measures_the_given_rows_only()
    {
        var target = new Target("y", LearningTask.BinaryClassification, new float[] { 0, 0, 0, 1, 0, 1, 1, 0 }, ["no", "yes"]);
        var evaluation = Evaluate(target, [[9, 9, 9, 9, 0.2f, 0.7f, 0.4f, 0.6f]], training: [0, 1, 2, 3], rows: [4, 5, 6, 7]);

        Assert.That(evaluation.RowCount, Is.EqualTo(4));
        Assert.That(evaluation["accuracy"], Is.EqualTo(0.5));
        Assert.That(evaluation["roc_auc"], Is.EqualTo(0.75));
        Assert.That(evaluation.ConfusionMatrix!["no", "yes"], Is.EqualTo(1));
        Assert.That(evaluation.ConfusionMatrix[1, 1], Is.EqualTo(1));
        Assert.That(evaluation.PerClass, Is.EqualTo(new[] { new ClassMetrics("no", 0.5, 0.5, 0.5, 2), new ClassMetrics("yes", 0.5, 0.5, 0.5, 2) }));
        Assert.That(evaluation.Curves.Single().Class, Is.EqualTo("yes"));
        Assert.That(evaluation.Curves[0].AreaUnderRocCurve, Is.EqualTo(0.75));
        Assert.That(evaluation.Primary with { Interval = null }, Is.EqualTo(new MetricScore("roc_auc", "AreaUnderRocCurve", MetricDirection.HigherIsBetter, 0.75, 0.5)));
        Assert.That(_warnings, Is.Empty);
    }

    [Test]
    public void Evaluate_baseline_is_the_shares_of_the_training_rows()
    {
        var target = new Target("y", LearningTask.BinaryClassification, new float[] { 0, 0, 0, 1, 0, 1, 1, 0 }, ["no", "yes"]);
        var baseline = Evaluate(target, [[0, 0, 0, 0, 0.2f, 0.7f, 0.4f, 0.6f]], training: [0, 1, 2, 3], rows: [4, 5, 6, 7]).Baseline;

        Assert.That(baseline["accuracy"], Is.EqualTo(0.5), "no is the majority of the training rows, and half of the others");
        Assert.That(baseline["roc_auc"], Is.EqualTo(0.5));
        Assert.That(baseline["average_precision"], Is.EqualTo(0.5));
        Assert.That(baseline["log_loss"], Is.EqualTo(-(Math.Log(0.25) + Math.Log(0.75)) / 2).Within(1e-12));
    }

    [Test]
    public void Evaluate_weights_count_in_metrics_and_in_the_baseline()
    {
        var target = new Target("y", LearningTask.Regression, new float[] { 0, 4, 10, 20 }, []);
        var evaluation = Evaluate(target, [[0, 0, 11, 23]], training: [0, 1], rows: [2, 3], weights: [1, 3, 2, 1]);

        Assert.That(evaluation["mean_absolute_error"], Is.EqualTo((2 * 1 + 3) / 3.0).Within(1e-12));
        Assert.That(evaluation.Baseline["mean_absolute_error"], Is.EqualTo((2 * 7 + 17) / 3.0).Within(1e-12), "the weighted mean of the training rows is 3");
        Assert.That(evaluation.ConfusionMatrix, Is.Null);
        Assert.That(evaluation.PerClass, Is.Empty);
        Assert.That(evaluation.Curves, Is.Empty);
        Assert.That(evaluation.Primary.Key, Is.EqualTo("rmse"));
    }

    [Test]
    public void Evaluate_more_classes_has_a_curve_for_each()
    {
        var target = new Target("y", LearningTask.MulticlassClassification, new float[] { 0, 1, 2, 0, 1, 2 }, ["a", "b", "c"]);
        var evaluation = Evaluate(target, [[1, 0, 0, 0.6f, 0.2f, 0.1f], [0, 1, 0, 0.3f, 0.5f, 0.8f], [0, 0, 1, 0.1f, 0.3f, 0.1f]], training: [0, 1, 2], rows: [3, 4, 5]);

        Assert.That(evaluation.Curves.Select(curve => curve.Class), Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(evaluation.Curves.Average(curve => curve.AreaUnderRocCurve), Is.EqualTo(evaluation["roc_auc_ovr"]).Within(1e-12));
        Assert.That(evaluation["balanced_accuracy"], Is.EqualTo(2.0 / 3).Within(1e-12));
        Assert.That(evaluation.Baseline["balanced_accuracy"], Is.EqualTo(1.0 / 3).Within(1e-12));
        Assert.That(evaluation.Primary.Key, Is.EqualTo("balanced_accuracy"));
    }

    [Test]
    public void Evaluate_many_rows_predicts_in_batches_and_changes_nothing()
    {
        const int rows = 400_000;
        var random = new SeededRandom(3);
        var values = new float[rows];
        for (var i = 0; i < rows; i++) values[i] = random.Next(2);
        var target = new Target("y", LearningTask.BinaryClassification, values, ["no", "yes"]);
        var scores = values.Select(value => (float)(0.3 * value + 0.7 * random.NextDouble())).ToArray();
        var model = new FakeModel(target);
        var data = new TrainingData(Features(scores), target, Enumerable.Range(0, 10).ToArray(), default);
        var evaluation = new Evaluator(new EvaluateOptions(), target).Evaluate(model, data, Enumerable.Range(0, rows).ToArray(), null, 1, null, _warnings.Add, CancellationToken.None);

        Assert.That(model.Batches, Has.Count.GreaterThan(2));
        Assert.That(model.Batches.Sum(), Is.EqualTo(rows));
        var state = Metrics.AreaUnderRocCurve.Start(2);
        state.Update(new PredictionBatch(values, [.. scores.SelectMany(score => new[] { 1 - score, score })]));
        Assert.That(evaluation["roc_auc"], Is.EqualTo(state.Compute()));
        Assert.That(evaluation.PerClass.Sum(perClass => perClass.Support), Is.EqualTo(rows));
    }

    [Test]
    public void Evaluate_one_class_only_is_not_defined_and_says_so()
    {
        var target = new Target("y", LearningTask.BinaryClassification, new float[] { 0, 1, 0, 0 }, ["no", "yes"]);
        var evaluation = Evaluate(target, [[0, 1, 0.2f, 0.6f]], training: [0, 1], rows: [2, 3]);

        Assert.That(evaluation["roc_auc"], Is.NaN);
        Assert.That(evaluation["accuracy"], Is.EqualTo(0.5));
        Assert.That(evaluation.Curves, Is.Empty);
        Assert.That(_warnings, Has.Some.Contains("class 'yes'"));
        Assert.That(_warnings, Has.Some.Contains("roc_auc, average_precision"));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void Evaluate_hardly_a_row_is_not_defined_and_says_so(int count)
    {
        foreach (var target in new[]
        {
            new Target("y", LearningTask.Regression, new float[] { 1, 2, 3, 4 }, []),
            new Target("y", LearningTask.BinaryClassification, new float[] { 1, 0, 1, 0 }, ["a", "b"]),
            new Target("y", LearningTask.MulticlassClassification, new float[] { 1, 0, 2, 0 }, ["a", "b", "c"]),
        })
        {
            _warnings.Clear();
            var evaluation = Evaluate(target, [[0, 0, 0, 0.5f], [0, 0, 0, 0.3f], [0, 0, 0, 0.2f]], training: [0, 1, 2], rows: [.. new[] { 3 }.Take(count)]);
            Assert.That(evaluation.Metrics.Values, Has.Some.NaN);
            Assert.That(_warnings, Has.Some.Contains($"on the {count} evaluated rows"));
            Assert.That(evaluation.ToString(), Does.Contain("NaN"));
        }
    }

    [Test]
    public void Evaluate_outputs_that_are_no_numbers_are_counted()
    {
        var target = new Target("y", LearningTask.Regression, new float[] { 1, 2, 3, 4 }, []);
        var evaluation = Evaluate(target, [[1, 2, float.NaN, float.PositiveInfinity]], training: [0, 1], rows: [1, 2, 3]);
        Assert.That(evaluation["rmse"], Is.NaN);
        Assert.That(evaluation["r2"], Is.NaN);
        Assert.That(_warnings, Has.Some.Contains("2 of 3"));
    }

    [Test]
    public void Evaluate_own_metric_is_computed_beside_the_others()
    {
        var target = new Target("y", LearningTask.Regression, new float[] { 1, 2, 3, 4 }, []);
        var evaluation = Evaluate(target, [[1, 2, 5, 4.5f]], training: [0, 1], rows: [2, 3], options: new EvaluateOptions { Metrics = [new WorstError(), Metrics.RSquared] });
        Assert.That(evaluation["worst_error"], Is.EqualTo(2));
        Assert.That(evaluation.Baseline["worst_error"], Is.EqualTo(2.5));
        Assert.That(evaluation.Metrics.Keys, Is.EqualTo(new[] { "rmse", "mean_absolute_error", "median_absolute_error", "mean_absolute_percentage_error", "r2", "worst_error" }));
        Assert.That(evaluation.ToString(), Does.Contain("worst_error"));
    }

    [Test]
    public void Evaluator_metric_of_another_task_is_an_error_before_the_work()
    {
        var target = new Target("y", LearningTask.Regression, new float[] { 1, 2 }, []);
        var error = Assert.Throws<ModelTrainingException>(() => _ = new Evaluator(new EvaluateOptions { Metrics = [Metrics.Accuracy] }, target))!;
        Assert.That(error.Id, Is.EqualTo("MT1302"));
        Assert.That(error.Message, Does.Contain("'accuracy'").And.Contain("Regression"));
    }

    [Test]
    public void Evaluate_cancelled_ends()
    {
        var target = new Target("y", LearningTask.Regression, new float[] { 1, 2 }, []);
        var data = new TrainingData(Features([1, 2]), target, new[] { 0 }, default);
        Assert.Throws<OperationCanceledException>(() => new Evaluator(new EvaluateOptions(), target).Evaluate(new FakeModel(target), data, new[] { 1 }, null, 1, null, _warnings.Add, new CancellationToken(canceled: true)));
    }

    private Evaluation Evaluate(Target target, float[][] columns, int[] training, int[] rows, float[]? weights = null, EvaluateOptions? options = null) =>
        new Evaluator(options ?? new EvaluateOptions(), target).Evaluate(new FakeModel(target), new TrainingData(Features(columns), target, training, default, weights), rows, null, 1, null, _warnings.Add, CancellationToken.None);

    private static FeatureSet Features(params float[][] columns) =>
        new([.. columns.Select((_, i) => new FeatureInfo($"x{i}"))], [.. columns.Select(column => (ReadOnlyMemory<float>)column)]);

    private sealed class WorstError : IMetric
    {
        public string Key => "worst_error";

        public string Name => "WorstError";

        public MetricDirection Direction => MetricDirection.LowerIsBetter;

        public bool Supports(LearningTask task) => task == LearningTask.Regression;

        public IMetricState Start(int classCount) => new State();

        private sealed class State : IMetricState
        {
            private double _worst;

            public void Update(PredictionBatch batch)
            {
                for (var row = 0; row < batch.Count; row++) _worst = Math.Max(_worst, Math.Abs(batch.Targets[row] - batch.Outputs[row]));
            }

            public double Compute() => _worst;
        }
    }
}
