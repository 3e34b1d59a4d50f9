namespace ModelTraining;

/// <summary>What a column is like.</summary>
public sealed record ColumnProfile
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The type of the values.</summary>
    public required ColumnType Type { get; init; }

    /// <summary>What the column is for.</summary>
    public required ColumnRole Role { get; init; }

    /// <summary>The number of rows.</summary>
    public required int RowCount { get; init; }

    /// <summary>The number of rows without a value; empty text is none.</summary>
    public required int MissingCount { get; init; }

    /// <summary>The share of rows without a value, in [0, 1].</summary>
    public double MissingShare => RowCount == 0 ? 0 : (double)MissingCount / RowCount;

    /// <summary>The number of different values; 0 of tensors, which are not compared.</summary>
    public required int DistinctCount { get; init; }

    /// <summary>The most frequent values, the most frequent first; of equally frequent ones the smaller, or the first by name.</summary>
    public IReadOnlyList<ValueCount> TopValues { get; init; } = [];

    /// <summary>A few different values from the first rows.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>What the numbers are like; null when the column has none.</summary>
    public NumberSummary? Numbers { get; init; }

    /// <summary>How long the texts are; null when the column has none.</summary>
    public TextLengths? Lengths { get; init; }

    /// <summary>From when to when the dates are; null when the column has none.</summary>
    public DateRange? Dates { get; init; }

    /// <summary>How numbers and dates are spread; empty for other types.</summary>
    public IReadOnlyList<HistogramBin> Histogram { get; init; } = [];

    /// <summary>How the column goes with the label, by the strongest of the measures that fit the two; null when there is no label, or none fits.</summary>
    public Association? WithLabel { get; init; }

    internal int InfiniteCount { get; init; }
}
