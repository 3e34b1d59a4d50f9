namespace ModelTraining;

/// <summary>The mean of −ln(probability given to the true class): what confidence in a wrong class costs.</summary>
internal sealed class LogLossMetric() : StatisticMetric<LogLossSum>("log_loss", "LogLoss", MetricDirection.LowerIsBetter)
{
    public override bool Supports(LearningTask task) => task != LearningTask.Regression;

    protected override double Compute(LogLossSum statistic) => statistic.Mean;
}
