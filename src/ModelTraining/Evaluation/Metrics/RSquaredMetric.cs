namespace ModelTraining;

/// <summary>
/// The share of the label's variance that the predictions explain: 1 is perfect, 0 is what the mean gives, less is possible. As in scikit-learn
/// not defined for a single row, and for a constant label 1 when every prediction is right, 0 otherwise.
/// </summary>
internal sealed class RSquaredMetric() : StatisticMetric<ErrorSums>("r2", "RSquared", MetricDirection.HigherIsBetter)
{
    public override bool Supports(LearningTask task) => task == LearningTask.Regression;

    protected override double Compute(ErrorSums statistic)
    {
        var (errors, deviations) = (statistic.SquaredErrors, statistic.SquaredDeviations);
        if (statistic.Rows < 2 || double.IsNaN(errors)) return double.NaN;
        if (deviations == 0) return errors == 0 ? 1 : 0;
        return 1 - errors / deviations;
    }
}
