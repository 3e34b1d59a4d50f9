namespace ModelTraining;

/// <summary>What the data was.</summary>
internal static class DataSection
{
    private const int MostColumns = 200;
    private const int MostRepairs = 100;
    private const int ColumnsAtAGlance = 40;

    public static void Write(Markup html, PipelineRun run)
    {
        html.Add($"<section><h2>What the data was</h2><p>{run.Description}: {ReportNumber.Count(run.Source.RowCount, "row")}, {ReportNumber.Count(run.Source.Columns.Count, "column")}.</p>");
        WriteRepairs(html, run.Repairs);
        var folded = run.Source.Columns.Count > ColumnsAtAGlance;
        if (folded) html.Add($"<details><summary>The columns</summary>");
        WriteColumns(html, run);
        if (folded) html.Add($"</details>");
        html.Add($"</section>\n");
    }

    private static void WriteRepairs(Markup html, IReadOnlyList<string> repairs)
    {
        if (repairs.Count == 0) return;
        html.Add($"<h3>Read with repairs</h3><ul>");
        foreach (var repair in repairs.Take(MostRepairs)) html.Add($"<li>{Excerpt.Of(repair, 1000)}</li>");
        html.Add($"</ul>");
        if (repairs.Count > MostRepairs) html.Add($"<p>… and {ReportNumber.Count(repairs.Count - MostRepairs)} more.</p>");
    }

    private static void WriteColumns(Markup html, PipelineRun run)
    {
        html.Add($"""<div class="wide"><table><thead><tr><th>column</th><th>type</th><th>role</th><th>values</th><th class="n">missing</th><th class="n">share</th>""");
        if (run.FeaturesOrNull is not null) html.Add($"<th>in the model</th>");
        html.Add($"</tr></thead><tbody>");
        var used = run.FeaturesOrNull?.UsedColumns.ToHashSet();
        foreach (var info in run.Source.Schema.Take(MostColumns))
        {
            var column = run.Source[info.Name];
            var share = column.Count == 0 ? 0 : (double)column.MissingCount / column.Count;
            html.Add($"""<tr><th scope="row"><code>{Excerpt.Of(info.Name, 100)}</code></th><td>{TypeOf(info, run.Table.Schema)}</td><td>{RoleOf(info)}</td><td>{ColumnRange.Of(column)}</td>""");
            html.Add($"""<td class="n">{ReportNumber.Count(column.MissingCount)}</td><td class="n part" style="--share:{ReportNumber.Width(share)}">{(column.MissingCount == 0 ? ReportNumber.None : ReportNumber.Share(share))}</td>""");
            if (used is not null) html.Add($"<td>{(used.Contains(info.Name) ? "yes" : ReportNumber.None)}</td>");
            html.Add($"</tr>");
        }

        html.Add($"</tbody></table></div>");
        if (run.Source.Schema.Count > MostColumns) html.Add($"<p>… and {ReportNumber.Count(run.Source.Schema.Count - MostColumns)} more columns.</p>");
    }

    /// <summary>The type that was read, and the one that cleaning made of it where that is another.</summary>
    private static string TypeOf(ColumnInfo column, Schema clean) =>
        clean.TryGet(column.Name, out var now) && now.Type != column.Type ? $"{Word(column.Type)} → {Word(now.Type)}" : Word(column.Type);

    private static string Word(ColumnType type) => type == ColumnType.DateTime ? "date" : type.ToString().ToLowerInvariant();

    private static string RoleOf(ColumnInfo column) => column.Role.ToString().ToLowerInvariant();
}
