namespace ModelTraining;

/// <summary>The root of the mean squared error, in the unit of the label.</summary>
internal sealed class RootMeanSquaredErrorMetric() : StatisticMetric<ErrorSums>("rmse", "RootMeanSquaredError", MetricDirection.LowerIsBetter)
{
    public override bool Supports(LearningTask task) => task == LearningTask.Regression;

    protected override double Compute(ErrorSums statistic) => Math.Sqrt(statistic.MeanSquaredError);
}
