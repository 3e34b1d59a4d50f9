namespace ModelTraining;

/// <summary>
/// How much more truth and prediction agree than two that know the classes' shares only: 1 is perfect, 0 is by chance (Cohen, "A coefficient of agreement
/// for nominal scales", 1960). Not defined where all rows are of one class and predicted to be.
/// </summary>
internal sealed class CohenKappaMetric() : StatisticMetric<ConfusionCounts>("cohen_kappa_score", "CohenKappa", MetricDirection.HigherIsBetter)
{
    public override bool Supports(LearningTask task) => task != LearningTask.Regression;

    protected override double Compute(ConfusionCounts statistic)
    {
        var together = statistic.Together();
        var byChance = statistic.Classes().Sum(counts => counts.Predicted * counts.Actual) / together.Actual;
        return 1 - (together.Actual - together.Hits) / (together.Actual - byChance);
    }
}
