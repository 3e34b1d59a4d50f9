namespace ModelTraining;

/// <summary>Of the rows that are not of the positive class, the share that were predicted to be.</summary>
internal sealed class FalsePositiveRateMetric() : StatisticMetric<ConfusionCounts>("false_positive_rate", "FalsePositiveRate", MetricDirection.LowerIsBetter)
{
    public override bool Supports(LearningTask task) => task == LearningTask.BinaryClassification;

    protected override double Compute(ConfusionCounts statistic)
    {
        var negatives = statistic[0, 0] + statistic[0, 1];
        return statistic.Together().Actual == 0 ? double.NaN : negatives == 0 ? 0 : statistic[0, 1] / negatives;
    }
}
