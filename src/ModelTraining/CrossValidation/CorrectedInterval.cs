namespace ModelTraining;

/// <summary>The interval of a metric over folds (Nadeau and Bengio, "Inference for the Generalization Error", Machine Learning 52, 2003, equation 5).</summary>
internal static class CorrectedInterval
{
    private const double Confidence = 0.95;

    /// <param name="values">What each fold reaches; NaN where the metric is not defined.</param>
    /// <param name="testShare">The test rows of a fold divided by those that it learns from, on average.</param>
    public static (double Mean, double Deviation, MetricInterval Interval) Of(IReadOnlyList<double> values, double testShare)
    {
        var defined = values.Where(value => !double.IsNaN(value)).ToList();
        if (defined.Count == 0) return (double.NaN, double.NaN, new MetricInterval(double.NaN, double.NaN));
        var mean = defined.Average();
        if (defined.Count == 1) return (mean, double.NaN, new MetricInterval(double.NaN, double.NaN));
        var deviation = Math.Sqrt(defined.Sum(value => (value - mean) * (value - mean)) / (defined.Count - 1));
        var half = Distributions.StudentQuantile(Confidence, defined.Count - 1) * deviation * Math.Sqrt((1.0 / defined.Count) + testShare);
        return (mean, deviation, new MetricInterval(mean - half, mean + half));
    }
}
