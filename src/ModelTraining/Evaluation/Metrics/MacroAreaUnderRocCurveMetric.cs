namespace ModelTraining;

/// <summary>
/// The mean of the classes' areas under the ROC curve, each class against the rest. Classes that do not occur in truth are left out, where
/// scikit-learn gives no figure at all.
/// </summary>
internal sealed class MacroAreaUnderRocCurveMetric() : StatisticMetric<RankedScores>("roc_auc_ovr", "MacroAreaUnderRocCurve", MetricDirection.HigherIsBetter)
{
    public override bool Supports(LearningTask task) => task == LearningTask.MulticlassClassification;

    protected override double Compute(RankedScores statistic) => statistic.MeanOverClasses(static ranking => ranking.AreaUnderRocCurve);
}
