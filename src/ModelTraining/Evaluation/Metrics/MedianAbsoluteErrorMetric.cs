namespace ModelTraining;

/// <summary>
/// The median of the errors' sizes, in the unit of the label: few rows that are far off do not show in it. By weight it is the size that half of the weight
/// is below; where a size halves it exactly, the mean of that one and the next, as without weights.
/// </summary>
internal sealed class MedianAbsoluteErrorMetric() : StatisticMetric<AbsoluteErrors>("median_absolute_error", "MedianAbsoluteError", MetricDirection.LowerIsBetter)
{
    public override bool Supports(LearningTask task) => task == LearningTask.Regression;

    protected override double Compute(AbsoluteErrors statistic) => statistic.Median;
}
