namespace ModelTraining;

/// <summary>How good the model is on the test rows that have a value in a column. Immutable.</summary>
public sealed class EvaluationSlice
{
    private readonly Lazy<MetricInterval?> _interval;

    internal EvaluationSlice(string column, string value, int rowCount, IReadOnlyDictionary<string, double> metrics, Func<MetricInterval?> interval)
    {
        (Column, Value, RowCount, Metrics) = (column, value, rowCount, metrics);
        _interval = new(interval);
    }

    /// <summary>The name of the column, as in the source.</summary>
    public string Column { get; }

    /// <summary>The value, or the range of values: Male, true, 28 to 37, (missing), (other).</summary>
    public string Value { get; }

    /// <summary>The number of test rows of the slice.</summary>
    public int RowCount { get; }

    /// <summary>The model's value of each metric by its key; NaN where a metric is not defined for the rows.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; }

    /// <summary>
    /// Between which values the slice's <see cref="Evaluation.Primary"/> metric lies with 95 % confidence, as in <see cref="Evaluation.Intervals"/>; null when no
    /// intervals were asked for. Computed when first asked for.
    /// </summary>
    public MetricInterval? Interval => _interval.Value;

    /// <summary>The slice and the number of its rows.</summary>
    public override string ToString() => $"{Column} = {Value}: {ReportNumber.Count(RowCount, "row")}";
}
