using System.Globalization;

namespace ModelTraining;

/// <summary>The columns, one a line.</summary>
internal static class ColumnTableSection
{
    private const int MostColumns = 300;
    private const int ColumnsAtAGlance = 60;
    private const int LongestExamples = 80;

    public static void Write(Markup html, DataProfile profile)
    {
        var folded = profile.Columns.Count > ColumnsAtAGlance;
        html.Add($"<section><h2>Column by column</h2>");
        if (folded) html.Add($"<details><summary>{ReportNumber.Count(profile.Columns.Count, "column")}</summary>");
        html.Add($"""<div class="wide"><table><thead><tr><th>column</th><th>type</th><th>role</th><th class="n">missing</th><th class="n">share</th><th class="n">different</th><th>values</th><th>for example</th><th class="n">with the label</th></tr></thead><tbody>""");
        foreach (var column in profile.Columns.Take(MostColumns))
        {
            html.Add($"""<tr><th scope="row"><code>{Excerpt.Of(column.Name, 100)}</code></th><td>{ColumnWords.TypeOf(column)}</td><td>{ColumnWords.RoleOf(column)}</td><td class="n">{ReportNumber.Count(column.MissingCount)}</td>""");
            html.Add($"""<td class="n part" style="--share:{ReportNumber.Width(column.MissingShare)}">{(column.MissingCount == 0 ? ReportNumber.None : ReportNumber.Share(column.MissingShare))}</td><td class="n">{ReportNumber.Count(column.DistinctCount)}</td>""");
            html.Add($"""<td class="words">{ColumnWords.ValuesOf(column)}</td><td class="words">{Excerpt.Of(string.Join(", ", column.Examples), LongestExamples)}</td>""");
            html.Add($"""<td class="n part" style="--share:{ReportNumber.Width(Math.Abs(column.WithLabel?.Value ?? 0))}">{column.WithLabel?.Value.ToString("0.00", CultureInfo.InvariantCulture) ?? ReportNumber.None}</td></tr>""");
        }

        html.Add($"</tbody></table></div>");
        if (profile.Columns.Count > MostColumns) html.Add($"<p>… and {ReportNumber.Count(profile.Columns.Count - MostColumns)} more columns.</p>");
        if (folded) html.Add($"</details>");
        html.Add($"</section>\n");
    }
}
