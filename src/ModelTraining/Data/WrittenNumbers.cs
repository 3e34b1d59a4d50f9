namespace ModelTraining;

/// <summary>Whether a column's values are numbers, and how they are to be read.</summary>
/// <param name="Type">Integer, Number, or null: no numbers.</param>
/// <param name="DecimalComma">Whether a comma stands before the decimals.</param>
/// <param name="Remark">What the report is to say; null when nothing.</param>
internal sealed record WrittenNumbers(ColumnType? Type, bool DecimalComma, string? Remark = null)
{
    /// <summary>Whether a source writes decimals with a comma, as far as its columns say it beyond doubt: some do, none uses a point.</summary>
    public static bool UsesDecimalComma(IEnumerable<WrittenCounts> columns)
    {
        var comma = false;
        foreach (var column in columns.Where(column => column.AllNumbers))
        {
            if (column[Written.Point] > 0 && !column.Commas) return false;
            comma |= column[Written.Comma] > 0 && !column.Points;
        }

        return comma;
    }

    /// <param name="column">How the values are written.</param>
    /// <param name="said">What the user said of decimal commas.</param>
    /// <param name="elsewhere">Whether other columns of the source have decimal commas beyond doubt.</param>
    /// <param name="places">Where rows are, for the remark.</param>
    public static WrittenNumbers Of(WrittenCounts column, bool? said, bool elsewhere, RowPlaces places)
    {
        var comma = said ?? elsewhere;
        if (column.Present == 0) return new(ColumnType.Number, comma);
        if (!column.AllNumbers) return new(null, comma, Oddity(column, places));
        if (column.Points && column.Commas) return new(null, comma);
        if (column.Points)
        {
            if (said != true && !(elsewhere && said is null && column[Written.Point] == 0)) return new(ColumnType.Number, false);
            return new(null, true, Ambiguity(column[Written.Point] > 0 ? column.First(Written.Point) : column.First(Written.PointOrThousands), "the source has decimal commas, so the point is not one before decimals", places));
        }

        if (column.Commas)
        {
            if (said == false) return new(null, false);
            if (comma || column[Written.Comma] > 0) return new(ColumnType.Number, true);
            return new(null, false, Ambiguity(column.First(Written.CommaOrThousands), "the comma may stand before decimals or group thousands", places));
        }

        if (column[Written.Infinite] == column.Present) return new(null, comma);
        return new(column[Written.Infinite] > 0 ? ColumnType.Number : ColumnType.Integer, comma);
    }

    private static string Ambiguity((int Row, string Value) first, string why, RowPlaces places) =>
        $"'{first.Value}' ({places.Short(first.Row)}): {why}. The column is read as text, for Clean() to make numbers of; say DecimalComma to decide it";

    private static string? Oddity(WrittenCounts column, RowPlaces places)
    {
        if (column[Written.Text] == 0)
        {
            var code = column.First(Written.Code);
            return code.Value.AsSpan().TrimStart("+-") is ['0', ..]
                ? $"'{code.Value}' ({places.Short(code.Row)}) has leading zeros, which codes have and numbers have not. The column is read as text; Types can make it one of numbers"
                : $"'{code.Value}' ({places.Short(code.Row)}) has more digits than a number here can hold. The column is read as text; Types can make it one of numbers";
        }

        var numbers = column.Present - column[Written.Text] - column[Written.Code];
        if (numbers == 0 || column[Written.Text] > WrittenCounts.OddValuesAllowed(column.Present)) return null;
        var odd = column.First(Written.Text);
        return $"{numbers} of {column.Present} values are numbers, '{Excerpt.Of(odd.Value)}' ({places.Short(odd.Row)}) is none. The column is read as text; name what stands for a missing value in MissingMarkers, or correct the source";
    }
}
