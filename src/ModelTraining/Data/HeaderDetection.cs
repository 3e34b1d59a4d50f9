namespace ModelTraining;

/// <summary>Tells a line of names from a line of values.</summary>
internal static class HeaderDetection
{
    /// <param name="rows">The first rows, their fields trimmed.</param>
    /// <param name="options">Names in it tell a header.</param>
    public static bool IsHeader(IReadOnlyList<string[]> rows, CsvOptions options)
    {
        if (rows.Count == 0) return false;
        var first = rows[0];
        var names = options.SaidNames.ToList();
        if (first.Any(field => names.Contains(Name(field), StringComparer.Ordinal))) return true;
        if (names.Count > 0 && names.All(IsMadeUp)) return false;
        if (first.Any(field => field.Length > 0 && !IsText(field)) || first.All(field => field.Length == 0)) return false;
        if (rows.Count == 1) return true;
        var recurs = false;
        for (var i = 0; i < first.Length; i++)
        {
            var values = rows.Skip(1).Where(row => i < row.Length && !TextFormat.IsMissing(row[i])).Select(row => row[i]).ToList();
            if (values.Count > 0 && values.Count(value => !IsText(value)) >= 0.9 * values.Count) return true;
            recurs |= values.Contains(first[i]);
        }

        return !recurs;
    }

    /// <summary>The name that a column without one gets.</summary>
    public static string MadeUp(int position) => $"column{position}";

    /// <summary>The name that a field of a header gives.</summary>
    public static string Name(string field) => field.Trim().TrimStart('#').TrimStart();

    private static bool IsMadeUp(string name) => name.StartsWith("column", StringComparison.Ordinal) && name.Length > 6 && name.AsSpan(6).IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsText(string value) =>
        !TextFormat.IsMissing(value) && !TextFormat.Invariant.TryParseNumber(value, out _) && !Comma.TryParseNumber(value, out _) && !IsDate(value)
        && !bool.TryParse(value, out _);

    private static bool IsDate(string value) =>
        TextFormat.Invariant.TryParseDate(value, out _) || DayFirst.TryParseDate(value, out _) || MonthFirst.TryParseDate(value, out _);

    private static readonly TextFormat Comma = new() { DecimalComma = true };
    private static readonly TextFormat DayFirst = new() { DateOrder = DateOrder.DayMonthYear };
    private static readonly TextFormat MonthFirst = new() { DateOrder = DateOrder.MonthDayYear };
}
