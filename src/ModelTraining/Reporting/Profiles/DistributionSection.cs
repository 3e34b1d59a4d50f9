namespace ModelTraining;

/// <summary>How the values of each column are spread.</summary>
internal static class DistributionSection
{
    private const int MostColumns = 60;

    public static void Write(Markup html, DataProfile profile)
    {
        var shown = profile.Columns.Where(column => column.Histogram.Count > 0 || column.TopValues.Count > 0).ToList();
        if (shown.Count == 0) return;
        html.Add($"""<section><h2>How values are spread</h2><div class="cards">""");
        foreach (var column in shown.Take(MostColumns)) DistributionChart.Write(html, column);
        html.Add($"</div>");
        if (shown.Count > MostColumns) html.Add($"<p>… and {ReportNumber.Count(shown.Count - MostColumns)} more columns.</p>");
        html.Add($"</section>\n");
    }
}
