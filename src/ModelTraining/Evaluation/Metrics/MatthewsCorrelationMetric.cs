namespace ModelTraining;

/// <summary>
/// The correlation of truth and prediction, from −1 to 1: 0 for a guess, and 0 where all rows are of one class or predicted to be, as in scikit-learn
/// (Matthews, 1975; for more than two classes Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient", 2004).
/// </summary>
internal sealed class MatthewsCorrelationMetric() : StatisticMetric<ConfusionCounts>("matthews_corrcoef", "MatthewsCorrelation", MetricDirection.HigherIsBetter)
{
    public override bool Supports(LearningTask task) => task != LearningTask.Regression;

    protected override double Compute(ConfusionCounts statistic)
    {
        var together = statistic.Together();
        if (together.Actual == 0) return double.NaN;
        var all = together.Actual;
        double both = together.Hits * all, predicted = all * all, actual = all * all;
        foreach (var counts in statistic.Classes())
        {
            both -= counts.Predicted * counts.Actual;
            predicted -= counts.Predicted * counts.Predicted;
            actual -= counts.Actual * counts.Actual;
        }

        return predicted * actual == 0 ? 0 : both / Math.Sqrt(predicted * actual);
    }
}
