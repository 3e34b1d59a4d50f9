namespace ModelTraining;

/// <summary>True, false or missing: one byte a row.</summary>
/// <param name="name">The name, unique in its table.</param>
/// <param name="values">One value a row: 0 is false, 1 is true, <see cref="Missing"/> is missing. Kept, not copied: do not write to it afterwards.</param>
public sealed class BooleanColumn(string name, ReadOnlyMemory<byte> values) : Column(name)
{
    /// <summary>What stands for a missing value.</summary>
    public const byte Missing = 255;

    /// <summary>One value a row: 0 is false, 1 is true, <see cref="Missing"/> is missing.</summary>
    public ReadOnlySpan<byte> Values => values.Span;

    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.Boolean;

    /// <inheritdoc/>
    public override int Count => values.Length;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Values[row] == Missing;

    /// <inheritdoc/>
    public override object? this[int row] => IsMissing(row) ? null : Values[row] != 0;

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows) => new BooleanColumn(Name, Gather(Values, rows));

    /// <inheritdoc/>
    public override Column Rename(string name) => new BooleanColumn(name, values);

    /// <inheritdoc/>
    public override void CopyTo(Span<float> destination)
    {
        CheckLength(destination.Length);
        var source = Values;
        for (var i = 0; i < source.Length; i++) destination[i] = source[i] == Missing ? float.NaN : source[i];
    }

    internal override Column KeptIn(SpillStore store) => store.Keep(values, out var kept) ? new BooleanColumn(Name, kept) : this;

    private protected override int CountMissing() => Values.Count(Missing);
}
