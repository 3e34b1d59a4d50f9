namespace ModelTraining;

/// <summary>The mean of the errors' sizes, in the unit of the label.</summary>
internal sealed class MeanAbsoluteErrorMetric() : StatisticMetric<ErrorSums>("mean_absolute_error", "MeanAbsoluteError", MetricDirection.LowerIsBetter)
{
    public override bool Supports(LearningTask task) => task == LearningTask.Regression;

    protected override double Compute(ErrorSums statistic) => statistic.MeanAbsoluteError;
}
