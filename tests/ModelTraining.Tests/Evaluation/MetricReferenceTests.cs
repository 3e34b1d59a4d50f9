namespace ModelTraining.Tests;

public class MetricReferenceTests
{
    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.All))]
    public void Compute_stored_case_equals_scikit_learn(ReferenceCase reference)
    {
        IMetric[] metrics = [.. Metrics.For(reference.Task).Append(Metrics.PinballLoss(0.9)).Where(metric => metric.Supports(reference.Task))];
        Assert.That(reference.Expected.Keys, Is.EquivalentTo(metrics.Select(metric => metric.Key)), "every metric of the task has a reference value");
        Assert.Multiple(() =>
        {
            foreach (var metric in metrics)
            {
                var state = metric.Start(reference.Classes);
                state.Update(new PredictionBatch(reference.Targets, reference.Outputs, reference.Weights));
                var expected = reference.Expected[metric.Key];
                Assert.That(state.Compute(), double.IsNaN(expected) ? Is.NaN : Is.EqualTo(expected).Within(1e-9 * Math.Max(1, Math.Abs(expected))), metric.Key);
            }
        });
    }

    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.OfTwoClasses))]
    public void Compute_falsePositiveRate_isThatOfScikitLearnsConfusionMatrix(ReferenceCase reference)
    {
        var negatives = reference.Confusion[0][0] + reference.Confusion[0][1];
        var state = Metrics.FalsePositiveRate.Start(2);
        state.Update(new PredictionBatch(reference.Targets, reference.Outputs, reference.Weights));

        Assert.That(state.Compute(), Is.EqualTo(negatives == 0 ? 0 : reference.Confusion[0][1] / negatives).Within(1e-9));
    }

    [TestCaseSource(typeof(ReferenceCase), nameof(ReferenceCase.OfClasses))]
    public void Update_stored_case_counts_as_scikit_learn(ReferenceCase reference)
    {
        var counts = ConfusionCounts.Start(reference.Classes);
        counts.Update(new PredictionBatch(reference.Targets, reference.Outputs, reference.Weights));
        for (var actual = 0; actual < reference.Classes; actual++)
        {
            for (var predicted = 0; predicted < reference.Classes; predicted++) Assert.That(counts[actual, predicted], Is.EqualTo(reference.Confusion[actual][predicted]).Within(1e-9));
        }
    }
}
