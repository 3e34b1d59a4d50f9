namespace ModelTraining;

/// <summary>
/// The inputs of a model for all rows, column after column; NaN is missing. Columns of a table that are numbers already are shared with it, not
/// copied. Immutable and safe to read from many threads.
/// </summary>
public sealed class FeatureSet
{
    private readonly ReadOnlyMemory<float>[] _columns;

    /// <param name="features">The features in the order in which the model takes them.</param>
    /// <param name="columns">The values of each, all of the same length.</param>
    public FeatureSet(IReadOnlyList<FeatureInfo> features, IReadOnlyList<ReadOnlyMemory<float>> columns)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(columns);
        if (features.Count != columns.Count) throw new ArgumentException($"{features.Count} features, {columns.Count} columns.", nameof(columns));
        Features = features;
        _columns = [.. columns];
        RowCount = _columns.Length == 0 ? 0 : _columns[0].Length;
        if (_columns.Any(column => column.Length != RowCount)) throw new ArgumentException("The columns differ in length.", nameof(columns));
    }

    /// <summary>The features in the order in which the model takes them.</summary>
    public IReadOnlyList<FeatureInfo> Features { get; }

    /// <summary>The number of features.</summary>
    public int Count => _columns.Length;

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Where columns are kept that are too large for memory; null where all are in memory.</summary>
    internal SpillStore? Spill { get; init; }

    /// <summary>The values of a feature, one a row, NaN where missing.</summary>
    public ReadOnlySpan<float> Column(int feature) => _columns[feature].Span;

    /// <summary>The same as memory, for code that hands it to other threads.</summary>
    public ReadOnlyMemory<float> Memory(int feature) => _columns[feature];
}
