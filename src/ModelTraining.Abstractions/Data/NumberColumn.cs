namespace ModelTraining;

/// <summary>32-bit floating-point numbers; a missing one is NaN.</summary>
/// <param name="name">The name, unique in its table.</param>
/// <param name="values">One value a row. Kept, not copied: do not write to it afterwards.</param>
public sealed class NumberColumn(string name, ReadOnlyMemory<float> values) : Column(name)
{
    /// <summary>One value a row, NaN where missing.</summary>
    public ReadOnlySpan<float> Values => values.Span;

    /// <summary>The same values as memory, for code that keeps them.</summary>
    public ReadOnlyMemory<float> Memory => values;

    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.Number;

    /// <inheritdoc/>
    public override int Count => values.Length;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => float.IsNaN(Values[row]);

    /// <inheritdoc/>
    public override object? this[int row] => IsMissing(row) ? null : Values[row];

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows) => new NumberColumn(Name, Gather(Values, rows));

    /// <inheritdoc/>
    public override Column Rename(string name) => new NumberColumn(name, values);

    /// <inheritdoc/>
    public override void CopyTo(Span<float> destination)
    {
        CheckLength(destination.Length);
        Values.CopyTo(destination);
    }

    internal override Column KeptIn(SpillStore store) => store.Keep(values, out var kept) ? new NumberColumn(Name, kept) : this;

    private protected override int CountMissing()
    {
        var count = 0;
        foreach (var value in Values) if (float.IsNaN(value)) count++;
        return count;
    }
}
