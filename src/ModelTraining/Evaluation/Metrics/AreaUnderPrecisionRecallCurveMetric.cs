namespace ModelTraining;

/// <summary>
/// Average precision: the precision at each threshold, weighted by the recall that it adds; no interpolation between thresholds, which would
/// flatter (Davis and Goadrich, 2006). Of more than two classes the mean over those that occur, each against the rest.
/// </summary>
internal sealed class AreaUnderPrecisionRecallCurveMetric()
    : StatisticMetric<RankedScores>("average_precision", "AreaUnderPrecisionRecallCurve", MetricDirection.HigherIsBetter)
{
    public override bool Supports(LearningTask task) => task != LearningTask.Regression;

    protected override double Compute(RankedScores statistic) =>
        statistic.ClassCount == 2 ? statistic.Rank(1).AveragePrecision : statistic.MeanOverClasses(static ranking => ranking.AveragePrecision);
}
