using System.Text.Json;

namespace ModelTraining;

/// <summary>The values of a key as they are written, until all rows are there and its type is known.</summary>
/// <param name="name">The key.</param>
/// <param name="markers">What stands for a missing value.</param>
/// <param name="places">Where rows are.</param>
/// <param name="context">Says where rows go that do not fit into memory.</param>
internal sealed class JsonColumn(string name, MissingMarkers markers, RowPlaces places, SourceContext context)
{
    private readonly WrittenColumn _written = new(markers, context.Spill);
    private RowPlace? _number, _boolean, _string;

    public string Name => name;

    /// <inheritdoc cref="WrittenColumn.Bytes"/>
    public long Bytes => _written.Bytes;

    /// <summary>Whether it has been null in each row.</summary>
    public bool IsNull => _number is null && _boolean is null && _string is null;

    /// <param name="kind">Number, True, False, String or Null.</param>
    /// <param name="value">As written, a string unescaped.</param>
    public void Append(JsonTokenType kind, ReadOnlySpan<byte> value)
    {
        if (kind == JsonTokenType.Null) value = default;
        else if (kind == JsonTokenType.Number) _number ??= places.Last;
        else if (kind == JsonTokenType.String)
        {
            value = CsvRows.Trimmed(value);
            if (!markers.Contains(value)) _string ??= places.Last;
            else value = default;
        }
        else _boolean ??= places.Last;

        _written.Append(value);
    }

    /// <summary>Leaves only <paramref name="rows"/>, which ascend. What the others were is still remembered: a type has to hold for all rows that were looked at.</summary>
    public void Keep(ReadOnlySpan<int> rows) => _written.Keep(rows);

    /// <inheritdoc cref="RowClasses.Of(WrittenColumn)"/>
    public int[] Classes() => RowClasses.Of(_written);

    /// <summary>The rows up to <paramref name="count"/> that have no value are missing ones.</summary>
    public void FillTo(int count)
    {
        while (_written.Count < count) _written.Append(default);
    }

    /// <param name="remark">What the report is to say; null when nothing.</param>
    public Column Build(out string? remark)
    {
        remark = null;
        var conversion = new ColumnConversion(name, _written, places, context);
        (string Kind, RowPlace Place)[] kinds = [.. new[] { ("a number", _number), ("true or false", _boolean), ("a string", _string) }.Where(kind => kind.Item2 is not null).Select(kind => (kind.Item1, kind.Item2!.Value)).OrderBy(kind => kind.Value)];
        if (kinds.Length > 1)
        {
            remark = $"it is {string.Join(" and ", kinds.Select(kind => $"{kind.Kind} ({places.Short(kind.Place)})"))}. The column is read as text; write all values alike, or name what stands for a missing value in MissingMarkers";
            return conversion.Text();
        }

        var counts = WrittenCounts.Of(_written);
        if (_string is not null)
        {
            // Digits between quotes are codes: who writes 20240131 as a string does not mean a number, and as likely no date.
            var dates = counts.AllNumbers ? new WrittenDates((DateOrder?)null) : WrittenDates.Of(_written, DateOrder.YearMonthDay, places);
            remark = dates.Remark;
            return dates.Order is null ? conversion.Text() : conversion.Dates(TextFormat.Invariant);
        }

        if (_boolean is not null) return conversion.Booleans()!;
        var numbers = WrittenNumbers.Of(counts, said: false, elsewhere: false, places);
        if (numbers.Type == ColumnType.Integer) return conversion.Integers();
        if (numbers.Type == ColumnType.Number) return conversion.Numbers(TextFormat.Invariant, out remark);
        remark = $"'{Excerpt.Of(counts.First(Written.Code).Value)}' ({places.Short(counts.First(Written.Code).Row)}) has more digits than a whole number here can hold. The column is read as text";
        return conversion.Text();
    }
}
