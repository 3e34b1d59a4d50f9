namespace ModelTraining;

/// <summary>Where values are missing.</summary>
internal static class MissingSection
{
    private const int MostBars = 30;
    private const int MostGroups = 20;

    public static void Write(Markup html, DataProfile profile)
    {
        var lacking = profile.Columns.Where(column => column.MissingCount > 0).OrderByDescending(column => column.MissingCount).ToList();
        if (lacking.Count == 0) return;
        html.Add($"""<section><h2>Where values are missing</h2><div class="charts">""");
        var chart = new BarChart("Missing values", $"The share of rows that lack the column's value. {ReportNumber.Count(lacking.Count)} of {ReportNumber.Count(profile.Columns.Count)} columns lack some{(lacking.Count > MostBars ? $"; shown are {ReportNumber.Count(MostBars)}" : "")}.");
        foreach (var column in lacking.Take(MostBars)) chart.Add(column.Name, column.MissingShare, ReportNumber.Share(column.MissingShare));
        chart.WriteTo(html);
        html.Add($"</div>");
        if (profile.MissingTogether.Count > 0)
        {
            html.Add($"<h3>Missing in the same rows</h3><ul>");
            foreach (var group in profile.MissingTogether.Take(MostGroups)) html.Add($"<li>{Excerpt.Of(string.Join(", ", group.Columns), 300)}: {ReportNumber.Count(group.Count, "row")}</li>");
            html.Add($"</ul>");
        }

        html.Add($"</section>\n");
    }
}
