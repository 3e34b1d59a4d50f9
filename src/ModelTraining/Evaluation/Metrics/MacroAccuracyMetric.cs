namespace ModelTraining;

/// <summary>The mean of the classes' recalls, over the classes that occur in truth: balanced accuracy (Brodersen et al., 2010).</summary>
internal sealed class MacroAccuracyMetric() : StatisticMetric<ConfusionCounts>("balanced_accuracy", "MacroAccuracy", MetricDirection.HigherIsBetter)
{
    public override bool Supports(LearningTask task) => task != LearningTask.Regression;

    protected override double Compute(ConfusionCounts statistic)
    {
        var recalls = statistic.Classes().Where(counts => counts.Actual > 0).Select(counts => counts.Recall).ToList();
        return recalls.Count == 0 ? double.NaN : recalls.Average();
    }
}
