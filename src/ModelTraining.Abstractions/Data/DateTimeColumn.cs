namespace ModelTraining;

/// <summary>Dates, with or without a time of day; a missing one is <see cref="Missing"/>. Values have no time zone of their own: they are what the source wrote.</summary>
/// <param name="name">The name, unique in its table.</param>
/// <param name="values">One value a row. Kept, not copied: do not write to it afterwards.</param>
public sealed class DateTimeColumn(string name, ReadOnlyMemory<DateTime> values) : Column(name)
{
    /// <summary>What stands for a missing value: <see cref="DateTime.MinValue"/>.</summary>
    public static DateTime Missing => DateTime.MinValue;

    /// <summary>What stands for a missing value where dates are <see cref="ToUnixSeconds"/>.</summary>
    public const long MissingUnixSeconds = long.MinValue;

    /// <summary>One value a row, <see cref="Missing"/> where missing.</summary>
    public ReadOnlySpan<DateTime> Values => values.Span;

    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.DateTime;

    /// <inheritdoc/>
    public override int Count => values.Length;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Values[row] == Missing;

    /// <inheritdoc/>
    public override object? this[int row] => IsMissing(row) ? null : Values[row];

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows) => new DateTimeColumn(Name, Gather(Values, rows));

    /// <inheritdoc/>
    public override Column Rename(string name) => new DateTimeColumn(name, values);

    /// <inheritdoc/>
    public override void CopyTo(Span<float> destination) => throw NotNumeric();

    /// <summary>Whole seconds since 1970-01-01T00:00:00 on the clock that the value was written by: how a date enters an ONNX graph.</summary>
    public static long ToUnixSeconds(DateTime value) =>
        value == Missing ? MissingUnixSeconds : value.Ticks / TimeSpan.TicksPerSecond - DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond;

    internal override Column KeptIn(SpillStore store) => store.Keep(values, out var kept) ? new DateTimeColumn(Name, kept) : this;

    private protected override int CountMissing() => Values.Count(Missing);
}
