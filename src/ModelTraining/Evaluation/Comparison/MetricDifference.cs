namespace ModelTraining;

/// <summary>A metric of two runs on the same rows.</summary>
/// <param name="Key">The metric's key, for example roc_auc.</param>
/// <param name="Direction">Which way the metric gets better.</param>
/// <param name="Value">What the run reaches.</param>
/// <param name="Other">What the other run reaches.</param>
/// <param name="Interval">Between which values <see cref="Difference"/> lies with 95 % confidence, by the paired bootstrap.</param>
public sealed record MetricDifference(string Key, MetricDirection Direction, double Value, double Other, MetricInterval Interval)
{
    /// <summary><see cref="Value"/> less <see cref="Other"/>.</summary>
    public double Difference => Value - Other;

    /// <summary>Whether another metric says the same already.</summary>
    internal bool Secondary { get; init; }

    /// <summary>Whether the run is better beyond doubt, worse beyond doubt (−1), or neither (0): whether 0 is outside of <see cref="Interval"/>, and on which side.</summary>
    public int Verdict => (Interval.Low > 0 ? 1 : Interval.High < 0 ? -1 : 0) * (Direction == MetricDirection.HigherIsBetter ? 1 : -1);
}
