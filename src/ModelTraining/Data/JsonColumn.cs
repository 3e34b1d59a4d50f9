using System.Text.Json;

namespace ModelTraining;

/// <summary>The values of a key as they are written, until all rows are there and its type is known.</summary>
internal sealed class JsonColumn(string name, MissingMarkers markers)
{
    private readonly WrittenColumn _written = new(markers);
    private int _firstNumber = -1, _firstBoolean = -1, _firstString = -1;

    public string Name => name;

    /// <summary>Whether it has been null in each row.</summary>
    public bool IsNull => _firstNumber < 0 && _firstBoolean < 0 && _firstString < 0;

    /// <param name="kind">Number, True, False, String or Null.</param>
    /// <param name="value">As written, a string unescaped.</param>
    public void Append(JsonTokenType kind, ReadOnlySpan<byte> value)
    {
        var row = _written.Count;
        if (kind == JsonTokenType.Null) value = default;
        else if (kind == JsonTokenType.Number) SetFirst(ref _firstNumber, row);
        else if (kind == JsonTokenType.String)
        {
            value = CsvRows.Trimmed(value);
            if (!markers.Contains(value)) SetFirst(ref _firstString, row);
            else value = default;
        }
        else SetFirst(ref _firstBoolean, row);

        _written.Append(value);
    }

    /// <summary>The rows up to <paramref name="count"/> that have no value are missing ones.</summary>
    public void FillTo(int count)
    {
        while (_written.Count < count) _written.Append(default);
    }

    /// <param name="places">Where rows are, for the remark.</param>
    /// <param name="remark">What the report is to say; null when nothing.</param>
    public Column Build(RowPlaces places, out string? remark)
    {
        remark = null;
        var conversion = new ColumnConversion(name, _written, places);
        (string Kind, int Row)[] kinds = [.. new[] { ("a number", _firstNumber), ("true or false", _firstBoolean), ("a string", _firstString) }.Where(kind => kind.Item2 >= 0).OrderBy(kind => kind.Item2)];
        if (kinds.Length > 1)
        {
            remark = $"it is {string.Join(" and ", kinds.Select(kind => $"{kind.Kind} ({places.Short(kind.Row)})"))}. The column is read as text; write all values alike, or name what stands for a missing value in MissingMarkers";
            return conversion.Text();
        }

        var counts = WrittenCounts.Of(_written);
        if (_firstString >= 0)
        {
            // Digits between quotes are codes: who writes 20240131 as a string does not mean a number, and as likely no date.
            var dates = counts.AllNumbers ? new WrittenDates((DateOrder?)null) : WrittenDates.Of(_written, DateOrder.YearMonthDay, places);
            remark = dates.Remark;
            return dates.Order is null ? conversion.Text() : conversion.Dates(TextFormat.Invariant);
        }

        if (_firstBoolean >= 0) return conversion.Booleans()!;
        var numbers = WrittenNumbers.Of(counts, said: false, elsewhere: false, places);
        if (numbers.Type == ColumnType.Integer) return conversion.Integers();
        if (numbers.Type == ColumnType.Number) return conversion.Numbers(TextFormat.Invariant, out remark);
        remark = $"'{Excerpt.Of(counts.First(Written.Code).Value)}' ({places.Short(counts.First(Written.Code).Row)}) has more digits than a whole number here can hold. The column is read as text";
        return conversion.Text();
    }

    private static void SetFirst(ref int first, int row)
    {
        if (first < 0) first = row;
    }
}
