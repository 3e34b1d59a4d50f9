using System.Globalization;

namespace ModelTraining;

/// <summary>A column's profile in a few words.</summary>
internal static class ColumnWords
{
    private const int MostValues = 3;
    private const int LongestValue = 24;

    public static string TypeOf(ColumnProfile column) => column.Type == ColumnType.DateTime ? "date" : column.Type.ToString().ToLowerInvariant();

    public static string RoleOf(ColumnProfile column) => column.Role.ToString().ToLowerInvariant();

    /// <summary>Range and middle of numbers, range of dates, the most frequent of other values.</summary>
    public static string ValuesOf(ColumnProfile column)
    {
        if (column.Numbers is { } numbers) return $"{ReportNumber.Short(numbers.Min)} to {ReportNumber.Short(numbers.Max)}, median {ReportNumber.Short(numbers.Median)}, mean {ReportNumber.Short(numbers.Mean)}";
        if (column.Dates is { } dates) return $"{Shown.Of(dates.Earliest)} to {Shown.Of(dates.Latest)}";
        var present = column.RowCount - column.MissingCount;
        return string.Join(", ", column.TopValues.Take(MostValues).Select(value => $"{Excerpt.Of(value.Value, LongestValue)} {(100.0 * value.Count / present).ToString("0", CultureInfo.InvariantCulture)} %"));
    }
}
