namespace ModelTraining.Tests;

/// <summary>What is true of every metric, for each task that it supports and several draws.</summary>
public class MetricPropertyTests
{
    private const double Tolerance = 1e-12;

    private static readonly IMetric Quantile = Metrics.PinballLoss(0.9);

    private static IEnumerable<TestCaseData> Cases =>
        from metric in Metrics.All.Append(Quantile).Append(Metrics.FalsePositiveRate)
        from task in Enum.GetValues<LearningTask>()
        where metric.Supports(task)
        from seed in new ulong[] { 1, 2, 3 }
        select new TestCaseData(metric, task, seed).SetArgDisplayNames(metric.Key, task.ToString(), $"seed {seed}");

    /// <summary>All but those of numbers and of the positive class.</summary>
    private static IEnumerable<TestCaseData> CasesWithEqualClasses => Cases.Where(test =>
    {
        var (key, task) = (((IMetric)test.Arguments[0]!).Key, (LearningTask)test.Arguments[1]!);
        return task == LearningTask.MulticlassClassification || (task == LearningTask.BinaryClassification && key is not ("precision" or "recall" or "f1" or "average_precision" or "false_positive_rate"));
    });

    [TestCaseSource(nameof(Cases))]
    public void Compute_rows_in_other_order_is_the_same(IMetric metric, LearningTask task, ulong seed)
    {
        var random = new SeededRandom(seed);
        var rows = Predictions.Random(task, random);
        var order = Enumerable.Range(0, rows.Rows).ToArray();
        random.Shuffle<int>(order);
        AssertSame(rows.Take(order).Compute(metric), rows.Compute(metric));
    }

    [TestCaseSource(nameof(Cases))]
    public void Compute_in_batches_is_the_same(IMetric metric, LearningTask task, ulong seed)
    {
        var rows = Predictions.Random(task, new SeededRandom(seed));
        var whole = rows.Compute(metric);
        AssertSame(rows.Compute(metric, 1), whole);
        AssertSame(rows.Compute(metric, 7), whole);
    }

    [TestCaseSource(nameof(Cases))]
    public void Compute_between_batches_covers_the_rows_so_far(IMetric metric, LearningTask task, ulong seed)
    {
        var rows = Predictions.Random(task, new SeededRandom(seed));
        var state = metric.Start(rows.ClassCount);
        state.Update(rows.Batch(0, 100));
        AssertSame(state.Compute(), rows.Take([.. Enumerable.Range(0, 100)]).Compute(metric));
        state.Update(rows.Batch(100, 100));
        AssertSame(state.Compute(), rows.Compute(metric));
    }

    [TestCaseSource(nameof(Cases))]
    public void Compute_unit_weights_change_nothing(IMetric metric, LearningTask task, ulong seed)
    {
        var rows = Predictions.Random(task, new SeededRandom(seed), weighted: false);
        var ones = Enumerable.Repeat(1f, rows.Rows).ToArray();
        var plain = rows.Compute(metric);
        AssertSame(rows.WithWeights(ones).Compute(metric), plain);
        AssertSame(rows.WithWeights([.. ones.Select(one => one * 0.25f)]).Compute(metric), plain);

        var mixed = metric.Start(rows.ClassCount);
        mixed.Update(rows.Batch(0, 50));
        mixed.Update(rows.WithWeights(ones).Batch(50, 50));
        mixed.Update(rows.Batch(100, 100));
        AssertSame(mixed.Compute(), plain);
    }

    [TestCaseSource(nameof(Cases))]
    public void Compute_weight_is_how_often_a_row_counts(IMetric metric, LearningTask task, ulong seed)
    {
        var rows = Predictions.Random(task, new SeededRandom(seed));
        Assert.That(rows.Weights, Does.Contain(0f).And.Contain(2f).And.Contain(3f));
        var repeated = Enumerable.Range(0, rows.Rows).SelectMany(row => Enumerable.Repeat(row, (int)rows.Weights[row])).ToArray();
        AssertSame(rows.WithWeights([]).Take(repeated).Compute(metric), rows.Compute(metric));
    }

    [TestCaseSource(nameof(Cases))]
    public void Compute_row_of_weight_0_leaves_no_trace(IMetric metric, LearningTask task, ulong seed)
    {
        var rows = Predictions.Random(task, new SeededRandom(seed));
        var state = metric.Start(rows.ClassCount);
        state.Update(rows.Batch(0, rows.Rows));
        state.Update(new PredictionBatch([1], [.. Enumerable.Repeat(float.NaN, rows.Width)], [0]));
        Assert.That(state.Compute(), Is.EqualTo(rows.Compute(metric)));
    }

    [TestCaseSource(nameof(Cases))]
    public void Compute_perfect_predictions_are_best_by_direction(IMetric metric, LearningTask task, ulong seed)
    {
        var random = new SeededRandom(seed);
        var perfect = Predictions.Perfect(task, random).Compute(metric);
        var other = Predictions.Random(task, random).Compute(metric);
        if (metric.Direction == MetricDirection.HigherIsBetter)
        {
            Assert.That(perfect, Is.EqualTo(1));
            Assert.That(other, Is.LessThan(1));
        }
        else
        {
            Assert.That(perfect, Is.EqualTo(0).Within(1e-6));
            Assert.That(other, Is.GreaterThan(0.01));
        }
    }

    [TestCaseSource(nameof(CasesWithEqualClasses))]
    public void Compute_classes_by_other_numbers_is_the_same(IMetric metric, LearningTask task, ulong seed)
    {
        var random = new SeededRandom(seed);
        var rows = WithoutTiesOfClasses(Predictions.Random(task, random));
        var positions = Enumerable.Range(0, rows.ClassCount).ToArray();
        random.Shuffle<int>(positions);
        if (rows.ClassCount == 2) positions = [1, 0];
        AssertSame(rows.WithClasses(positions).Compute(metric), rows.Compute(metric));
    }

    [TestCaseSource(nameof(Cases))]
    public void Compute_sharing_statistics_is_the_same(IMetric metric, LearningTask task, ulong seed)
    {
        var rows = Predictions.Random(task, new SeededRandom(seed));
        IMetric[] metrics = [.. Metrics.For(task).Union([metric])];
        var measurement = new Measurement(metrics, rows.ClassCount);
        measurement.Update(rows.Batch(0, 30));
        measurement.Update(rows.Batch(30, rows.Rows - 30));
        var position = metrics.Select((one, i) => (one, i)).Single(pair => pair.one == metric).i;
        Assert.That(measurement.Compute()[position], Is.EqualTo(rows.Compute(metric, 100)).Within(Tolerance));
    }

    [TestCaseSource(nameof(Cases))]
    public void Weigh_prepared_rows_is_as_if_they_came_with_the_weights(IMetric metric, LearningTask task, ulong seed)
    {
        var rows = Predictions.Random(task, new SeededRandom(seed));
        var measurement = new Measurement([metric], rows.ClassCount, new EvaluatedRows(rows.Targets, rows.Outputs, [], rows.ClassCount));
        foreach (var weights in new[] { rows.Weights, [.. rows.Weights.Reverse()], [.. rows.Weights.Select((weight, row) => row < 100 ? weight * 0.25f : 0)] })
        {
            measurement.Weigh(weights);
            AssertClose(measurement.Compute()[0], rows.WithWeights(weights).Compute(metric));
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Compute_no_row_that_counts_is_not_defined(IMetric metric, LearningTask task, ulong seed)
    {
        var rows = Predictions.Random(task, new SeededRandom(seed), rows: 3);
        Assert.That(rows.Take([]).Compute(metric), Is.NaN);
        Assert.That(rows.WithWeights([0, 0, 0]).Compute(metric), Is.NaN);
    }

    /// <summary>The first of equal probabilities wins, and which is first depends on the classes' order.</summary>
    private static Predictions WithoutTiesOfClasses(Predictions rows) => rows.Take([.. Enumerable.Range(0, rows.Rows).Where(row =>
    {
        var outputs = rows.Outputs[(row * rows.Width)..((row + 1) * rows.Width)];
        return outputs.Count(output => output == outputs.Max()) == 1;
    })]);

    private static void AssertClose(double actual, double expected) => Assert.That(actual, Is.EqualTo(expected).Within(1e-9 * Math.Max(1, Math.Abs(expected))));

    private static void AssertSame(double actual, double expected) => Assert.That(actual, Is.EqualTo(expected).Within(Tolerance * Math.Max(1, Math.Abs(expected))));
}
