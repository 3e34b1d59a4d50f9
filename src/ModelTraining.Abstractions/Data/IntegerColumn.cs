namespace ModelTraining;

/// <summary>64-bit integers; a missing one is <see cref="Missing"/>.</summary>
/// <param name="name">The name, unique in its table.</param>
/// <param name="values">One value a row. Kept, not copied: do not write to it afterwards.</param>
public sealed class IntegerColumn(string name, ReadOnlyMemory<long> values) : Column(name)
{
    /// <summary>What stands for a missing value.</summary>
    public const long Missing = long.MinValue;

    /// <summary>One value a row, <see cref="Missing"/> where missing.</summary>
    public ReadOnlySpan<long> Values => values.Span;

    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.Integer;

    /// <inheritdoc/>
    public override int Count => values.Length;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Values[row] == Missing;

    /// <inheritdoc/>
    public override object? this[int row] => IsMissing(row) ? null : Values[row];

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows) => new IntegerColumn(Name, Gather(Values, rows));

    /// <inheritdoc/>
    public override Column Rename(string name) => new IntegerColumn(name, values);

    /// <inheritdoc/>
    public override void CopyTo(Span<float> destination)
    {
        CheckLength(destination.Length);
        var source = Values;
        for (var i = 0; i < source.Length; i++) destination[i] = source[i] == Missing ? float.NaN : source[i];
    }

    internal override Column KeptIn(SpillStore store) => store.Keep(values, out var kept) ? new IntegerColumn(Name, kept) : this;

    private protected override int CountMissing() => Values.Count(Missing);
}
