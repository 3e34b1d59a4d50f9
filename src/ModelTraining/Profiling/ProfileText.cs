using System.Globalization;
using System.Text;

namespace ModelTraining;

/// <summary>A profile as lines of text.</summary>
internal static class ProfileText
{
    private const int MostColumns = 60;
    private const int MostAssociations = 5;
    private const int MostWarnings = 20;
    private const int LongestName = 30;
    private const int LongestSummary = 70;

    public static string Of(DataProfile profile)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{profile.Description}: {ReportNumber.Count(profile.RowCount, "row")}, {ReportNumber.Count(profile.Columns.Count, "column")}, {ReportNumber.Count(profile.DuplicateRowCount, "duplicate row")}");
        var table = new TextTable("column", ["type", "role", "missing", "distinct", "with label", "values"]);
        foreach (var column in profile.Columns.Take(MostColumns))
        {
            var label = column.WithLabel is { } association ? association.Value.ToString("0.00", CultureInfo.InvariantCulture) : "";
            table.Add(Excerpt.Of(column.Name, LongestName), [ColumnWords.TypeOf(column), ColumnWords.RoleOf(column), column.MissingCount == 0 ? "" : ReportNumber.Share(column.MissingShare), ReportNumber.Count(column.DistinctCount), label, Excerpt.Of(ColumnWords.ValuesOf(column), LongestSummary)]);
        }

        text.AppendLine(table.ToString());
        if (profile.Columns.Count > MostColumns) text.AppendLine(CultureInfo.InvariantCulture, $"… and {profile.Columns.Count - MostColumns} more columns");
        foreach (var association in profile.Associations.Take(MostAssociations)) text.AppendLine(CultureInfo.InvariantCulture, $"  {association.First} ~ {association.Second}: {association.Value:0.00} ({association.Word})");
        foreach (var note in profile.Notes) text.Append("  ").AppendLine(note);
        foreach (var warning in profile.Warnings.Take(MostWarnings)) text.Append("  ! ").AppendLine(warning.Message);
        if (profile.Warnings.Count > MostWarnings) text.AppendLine(CultureInfo.InvariantCulture, $"  ! … and {profile.Warnings.Count - MostWarnings} more");
        return text.ToString().TrimEnd();
    }
}
