namespace ModelTraining;

/// <summary>A metric with what the model and the baseline reach.</summary>
/// <param name="Key">The metric's key, for example roc_auc.</param>
/// <param name="Name">The metric's name, for example AreaUnderRocCurve.</param>
/// <param name="Direction">Which way the metric gets better.</param>
/// <param name="Value">What the model reaches; NaN when the metric is not defined for the rows.</param>
/// <param name="Baseline">What a guess reaches that knows the training part's labels and no feature; see <see cref="Evaluation.Baseline"/>.</param>
public sealed record MetricScore(string Key, string Name, MetricDirection Direction, double Value, double Baseline)
{
    /// <summary>Between which values the model's metric lies with 95 % confidence; null when no intervals were asked for.</summary>
    public MetricInterval? Interval { get; init; }
}
