namespace ModelTraining;

/// <summary>The share of rows whose most probable class is the true one. What ML.NET calls MicroAccuracy where there are more than two classes.</summary>
internal sealed class AccuracyMetric() : StatisticMetric<ConfusionCounts>("accuracy", "Accuracy", MetricDirection.HigherIsBetter)
{
    public override bool Supports(LearningTask task) => task != LearningTask.Regression;

    protected override double Compute(ConfusionCounts statistic)
    {
        var together = statistic.Together();
        return together.Hits / together.Actual;
    }
}
