namespace ModelTraining;

/// <summary>The data at a glance, and what deserves a look before anything else.</summary>
internal static class ProfileHeaderSection
{
    private const int MostWarnings = 40;
    private const int Longest = 1000;

    public static void Write(Markup html, DataProfile profile)
    {
        var cells = (double)profile.RowCount * profile.Columns.Count;
        html.Add($"""<header><h1>What the data is like</h1><p class="sub">{profile.Description}, before anything is trained.</p><div class="tiles">""");
        Tile(html, ReportNumber.Count(profile.RowCount), "rows");
        Tile(html, ReportNumber.Count(profile.Columns.Count), string.Join(", ", profile.Columns.GroupBy(ColumnWords.TypeOf).Select(type => $"{ReportNumber.Count(type.Count())} {type.Key}")));
        Tile(html, ReportNumber.Share(profile.Columns.Sum(column => (double)column.MissingCount), cells), "of all values are missing");
        Tile(html, ReportNumber.Share(profile.DuplicateRowCount, profile.RowCount), $"of the rows are there already: {ReportNumber.Count(profile.DuplicateRowCount)}");
        html.Add($"</div></header>\n");
        WriteWarnings(html, profile);
        foreach (var note in profile.Notes) html.Add($"""<p class="sub">{note}</p>""");
    }

    public static void WriteWarnings(Markup html, DataProfile profile)
    {
        if (profile.Warnings.Count == 0) return;
        html.Add($"""<section class="warn"><h2>⚠ {ReportNumber.Count(profile.Warnings.Count, "thing")} to look at</h2><ul>""");
        foreach (var warning in profile.Warnings.Take(MostWarnings)) html.Add($"<li>{Excerpt.Of(warning.Message, Longest)}</li>");
        html.Add($"</ul>");
        if (profile.Warnings.Count > MostWarnings) html.Add($"<p>… and {ReportNumber.Count(profile.Warnings.Count - MostWarnings)} more.</p>");
        html.Add($"</section>\n");
    }

    private static void Tile(Markup html, string figure, string what) => html.Add($"""<div class="tile"><b>{figure}</b><span>{what}</span></div>""");
}
