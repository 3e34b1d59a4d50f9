namespace ModelTraining;

/// <summary>The chance that a row of the positive class has a higher probability than a row of the other; ties count half (Hanley and McNeil, 1982).</summary>
internal sealed class AreaUnderRocCurveMetric() : StatisticMetric<RankedScores>("roc_auc", "AreaUnderRocCurve", MetricDirection.HigherIsBetter)
{
    public override bool Supports(LearningTask task) => task == LearningTask.BinaryClassification;

    protected override double Compute(RankedScores statistic) => statistic.Rank(1).AreaUnderRocCurve;
}
