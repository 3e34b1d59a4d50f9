using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Thresholds;

internal sealed class ThresholdTests
{
    private static readonly float[] Scores = [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f];
    private static readonly float[] Truth = [0, 0, 1, 0, 0, 1, 1, 0, 1];

    private static IEnumerable<string> Keys => ThresholdGoal.Keys;

    /// <summary>Every threshold tried, by the metric itself.</summary>
    [TestCaseSource(nameof(Keys))]
    public void Best_by_metric_is_the_best_of_all(string key)
    {
        var random = new SeededRandom(8);
        var rows = Rows([.. Enumerable.Range(0, 300).Select(_ => (float)Math.Round(random.NextDouble(), 2))], score => random.NextDouble() < score * score ? 1 : 0);
        var goal = new ThresholdGoal(new ThresholdOptions { By = key });
        var metric = Metrics.ByKey(key);

        var best = ThresholdSearch.Best(ThresholdSearch.Candidates(rows, goal), goal);

        var all = Enumerable.Range(0, 102).Select(i => Compute(metric, rows, i / 100f - 0.005f)).ToList();
        Assert.That(best.Score, Is.EqualTo(all.Where(value => !double.IsNaN(value)).Max()).Within(1e-12));
        Assert.That(Compute(metric, rows, best.Threshold), Is.EqualTo(best.Score).Within(1e-12), "the threshold gives the score that it was chosen for");
    }

    [Test]
    public void Candidates_are_halfway_between_probabilities()
    {
        var goal = new ThresholdGoal(new ThresholdOptions());
        var thresholds = ThresholdSearch.Candidates(Rows(Scores, Truth), goal).Select(candidate => (double)candidate.Threshold);
        Assert.That(thresholds, Is.EqualTo(new[] { 0, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 1.0000001 }).Within(1e-6));
    }

    /// <summary>Missing costs five times an alarm: from 0.25 on all four positives are found, with three alarms.</summary>
    [TestCase(1.0, 5.0, 0.25)]
    [TestCase(5.0, 1.0, 0.85)]
    [TestCase(1.0, 0.0, 1.0000001)]
    public void Best_by_cost_weighs_errors(double falsePositive, double falseNegative, double expected)
    {
        var goal = new ThresholdGoal(new ThresholdOptions { FalsePositiveCost = falsePositive, FalseNegativeCost = falseNegative });
        var candidates = ThresholdSearch.Candidates(Rows(Scores, Truth), goal);

        var best = ThresholdSearch.Best(candidates, goal);

        Assert.That(best.Score, Is.EqualTo(candidates.Min(candidate => candidate.Score)));
        if (falseNegative > 0) Assert.That(best.Threshold, Is.EqualTo(expected).Within(1e-6));
        else Assert.That(best.Threshold, Is.EqualTo(0.85).Within(1e-6), "as good as none at all, and nearer to 0.5");
    }

    /// <summary>Every threshold tried, and every error counted, on rows that have weights; a calibrated model's best is near the costs' own, false positive / (false positive + false negative).</summary>
    [Test]
    public void Best_by_cost_is_the_cheapest_of_all([Values(1, 4, 19)] double falseNegative)
    {
        var random = new SeededRandom(11);
        var scores = Enumerable.Range(0, 4000).Select(_ => (float)Math.Round(random.NextDouble() * random.NextDouble(), 3)).ToArray();
        var rows = Rows(scores, score => random.NextDouble() < score ? 1 : 0) with { Weights = [.. scores.Select(_ => 1f + random.Next(3))] };
        var goal = new ThresholdGoal(new ThresholdOptions { FalseNegativeCost = falseNegative });

        var best = ThresholdSearch.Best(ThresholdSearch.Candidates(rows, goal), goal);

        double Cost(double threshold) => Enumerable.Range(0, scores.Length).Sum(row =>
            rows.Weights[row] * (scores[row] >= threshold ? 1 - rows.Targets[row] : falseNegative * rows.Targets[row])) / rows.Weights.Sum();
        Assert.That(best.Score, Is.EqualTo(Enumerable.Range(0, 1001).Min(i => Cost((i - 0.5) / 1000))).Within(1e-9));
        Assert.That(Cost(best.Threshold), Is.EqualTo(best.Score).Within(1e-9));
        Assert.That(best.Threshold, Is.EqualTo(1 / (1 + falseNegative)).Within(0.08));
    }

    [Test]
    public void Best_with_a_least_precision_finds_the_most()
    {
        var goal = new ThresholdGoal(new ThresholdOptions { MinPrecision = 0.7 });
        var best = ThresholdSearch.Best(ThresholdSearch.Candidates(Rows(Scores, Truth), goal), goal);
        Assert.That(goal.Name, Is.EqualTo("recall"));
        Assert.That((best.Precision, best.Recall), Is.EqualTo((0.75, 0.75)));
        Assert.That(best.Threshold, Is.EqualTo(0.55f).Within(1e-6));
    }

    [Test]
    public void Best_with_a_least_recall_is_the_most_precise()
    {
        var goal = new ThresholdGoal(new ThresholdOptions { MinRecall = 1 });
        var best = ThresholdSearch.Best(ThresholdSearch.Candidates(Rows(Scores, Truth), goal), goal);
        Assert.That(goal.Name, Is.EqualTo("precision"));
        Assert.That(best.Threshold, Is.EqualTo(0.25f).Within(1e-6));
    }

    [Test]
    public void Best_unreachable_requirement_says_what_is_reached()
    {
        var goal = new ThresholdGoal(new ThresholdOptions { MinPrecision = 0.9, MinRecall = 0.9 });
        var error = Assert.Throws<ModelTrainingException>(() => ThresholdSearch.Best(ThresholdSearch.Candidates(Rows(Scores, Truth), goal), goal))!;
        Assert.That(error.Id, Is.EqualTo("MT2332"));
        Assert.That(error.Message, Does.Contain("a precision of at least 0.9 and a recall of at least 0.9").And.Contain("The highest precision is 1, at a recall of 0.25"));
    }

    [Test]
    public void Candidates_weights_count()
    {
        var goal = new ThresholdGoal(new ThresholdOptions { By = "accuracy" });
        var weighted = Rows([0.2f, 0.4f, 0.6f], [0, 1, 0]) with { Weights = [1, 1, 3] };
        var repeated = Rows([0.2f, 0.4f, 0.6f, 0.6f, 0.6f], [0, 1, 0, 0, 0]);
        Assert.That(ThresholdSearch.Candidates(weighted, goal), Is.EqualTo(ThresholdSearch.Candidates(repeated, goal)));
    }

    [Test]
    public async Task Threshold_is_what_metrics_graph_and_predictor_go_by()
    {
        using var folder = new TemporaryFolder();
        var run = await Given.ShopPipeline(900).Train(Given.SmallTrees).Calibrate().Threshold(options => options with { FalseNegativeCost = 10 }).Evaluate().Export(folder.File("shop.onnx")).RunAsync();
        var plain = await Given.ShopPipeline(900).Train(Given.SmallTrees).Calibrate().Evaluate().RunAsync();

        var report = run.Report<ThresholdReport>()!;
        using var predictor = Predictor.Load(folder.File("shop.onnx"));
        var predictions = predictor.Predict(run.Source.Take([.. run.Split.TestRows.ToArray().Select(run.Table.Origin)]));
        var between = predictions.Count(prediction => prediction["yes"] >= report.Threshold && prediction["yes"] < 0.5);
        Assert.Multiple(() =>
        {
            Assert.That(report.Threshold, Is.LessThan(0.4), "missing is dear");
            Assert.That(between, Is.GreaterThan(0), "the test has rows to show it by");
            Assert.That(predictions.Select(prediction => prediction.Label == "yes"), Is.EqualTo(predictions.Select(prediction => prediction["yes"] >= report.Threshold)));
            Assert.That(predictions.Where(prediction => prediction["yes"] < 0.5).Select(prediction => prediction.Probability), Does.Contain(predictions.First(prediction => prediction["yes"] >= report.Threshold && prediction["yes"] < 0.5)["yes"]));
            Assert.That(run.Evaluation["recall"], Is.GreaterThan(plain.Evaluation["recall"]));
            Assert.That(run.Evaluation["roc_auc"], Is.EqualTo(plain.Evaluation["roc_auc"]));
            Assert.That(run.Evaluation.ConfusionMatrix!["no", "yes"] + run.Evaluation.ConfusionMatrix["yes", "yes"], Is.EqualTo(predictions.Count(prediction => prediction.Label == "yes")));
            Assert.That(predictor.Manifest.Threshold, Is.EqualTo(report.Threshold));
            Assert.That(run.ToString(), Does.Contain("threshold: A row is called 'yes' from"));
            Assert.That(run.ToHtml(), Does.Contain("<figcaption>Threshold</figcaption>").And.Contain("least cost per row").And.Not.Contain(">at 0.5<"));
            Assert.That(run.ToMarkdown(), Does.Contain("A row is called 'yes' from"));
        });
    }

    [TestCase("f2", null, null, null, "MT1324", "'f1'")]
    [TestCase("f1", 1.0, null, null, "MT1325", "'f1' and by cost")]
    [TestCase(null, -1.0, null, null, "MT1326", "FalsePositiveCost")]
    [TestCase(null, 0.0, null, null, "MT1326", "Both costs", true)]
    [TestCase(null, null, 1.1, null, "MT1327", "MinPrecision")]
    [TestCase(null, null, null, 0.0, "MT1327", "MinRecall")]
    public void Threshold_wrong_option_is_an_error(string? by, double? cost, double? precision, double? recall, string id, string what, bool both = false) => AssertError(
        () => Given.ShopPipeline().Train(Given.SmallTrees).Threshold(_ => new ThresholdOptions { By = by, FalsePositiveCost = cost, FalseNegativeCost = both ? 0 : null, MinPrecision = precision, MinRecall = recall }), id, what);

    [Test]
    public void Threshold_of_several_classes_is_an_error() =>
        AssertError(() => Pipeline.From(Csv.Text(Given.ShopCsv(), label: "plan")).Split().Train(Given.SmallTrees).Threshold(), "MT1328", "'plan'");

    [Test]
    public void Threshold_without_a_validation_part_is_an_error() =>
        AssertError(() => Pipeline.From(Given.Shop()).Split(validation: 0).Train(Given.SmallTrees).Threshold(), "MT2330", "Threshold works by the validation part");

    [Test]
    public void Threshold_twice_or_after_export_is_an_error()
    {
        AssertError(() => Given.ShopPipeline().Train(Given.SmallTrees).Threshold().Threshold(), "MT1323", "after Threshold");
        AssertError(() => Given.ShopPipeline().Train(Given.SmallTrees).Export("a.onnx").Threshold(), "MT1323", "after Export");
    }

    private static void AssertError(Func<TrainedPipeline> pipeline, string id, string what)
    {
        var error = Assert.ThrowsAsync<ModelTrainingException>(() => pipeline().RunAsync())!;
        Assert.That(error.Id, Is.EqualTo(id));
        Assert.That(error.Message, Does.Contain(what).And.Contain("Threshold, ThresholdTests.cs:"));
    }

    private static double Compute(IMetric metric, EvaluatedRows rows, float threshold)
    {
        var state = metric.Start(2);
        state.Update((rows with { Threshold = threshold }).Batch());
        return state.Compute();
    }

    private static EvaluatedRows Rows(float[] scores, Func<float, int> truth) => Rows(scores, [.. scores.Select(score => (float)truth(score))]);

    private static EvaluatedRows Rows(float[] scores, float[] truth) => new(truth, [.. scores.SelectMany(score => new[] { 1 - score, score })], [], 2);
}
