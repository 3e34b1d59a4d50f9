namespace ModelTraining;

/// <summary>A metric over the folds of a cross-validation.</summary>
/// <param name="Key">The metric's key, for example roc_auc.</param>
/// <param name="Name">The metric's name, for example AreaUnderRocCurve.</param>
/// <param name="Direction">Which way the metric gets better.</param>
/// <param name="Values">What each fold reaches, in their order; NaN where the metric is not defined for the fold's rows.</param>
/// <param name="Baseline">The mean over the same folds of what a guess reaches that knows the labels of a fold's training rows and no feature.</param>
public sealed record CrossValidationScore(string Key, string Name, MetricDirection Direction, IReadOnlyList<double> Values, double Baseline)
{
    /// <summary>The mean over the folds where the metric is defined; NaN where it is in none.</summary>
    public required double Mean { get; init; }

    /// <summary>The sample standard deviation over these folds; NaN with fewer than two of them.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>
    /// Between which values the metric of a model that learns from as many rows lies with 95 % confidence, by the corrected resampled t-test: mean ± t · deviation · √(1/J + test rows / training rows) over J folds,
    /// with Student's t of J − 1 degrees of freedom. Folds learn from the same rows, and so are not independent: without the second term the interval would be far too short (Nadeau and Bengio, "Inference
    /// for the Generalization Error", Machine Learning 52, 2003; for repeated folds Bouckaert and Frank, 2004). NaN with fewer than two folds.
    /// </summary>
    public required MetricInterval Interval { get; init; }
}
