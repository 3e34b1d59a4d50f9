namespace ModelTraining;

/// <summary>Which part has how many rows, and what labels.</summary>
internal static class SplitSection
{
    private const int MostClasses = 30;

    public static void Write(Markup html, PipelineRun run)
    {
        if (run.SplitOrNull is not { } split || run.TargetOrNull is not { } target) return;
        var parts = new (string Name, ReadOnlyMemory<int> Rows)[] { ("training", split.TrainingRows), ("validation", split.ValidationRows), ("test", split.TestRows) };
        var all = parts.Sum(part => part.Rows.Length);
        html.Add($"<section><h2>How rows were split</h2><p>{(run.CrossValidationOrNull is null ? "" : "Folds have measured: these are the parts of the model that was kept. ")}{(split.Stratified ? "Stratified: each part has its share of every class, or of every tenth of the labels." : "Not stratified.")}</p>");
        html.Add($"""<div class="wide"><table><thead><tr><th></th>""");
        foreach (var (name, _) in parts) html.Add($"""<th class="n">{name}</th><th class="n">share</th>""");
        html.Add($"""</tr></thead><tbody><tr><th scope="row">rows</th>""");
        foreach (var (_, rows) in parts) Cells(html, ReportNumber.Count(rows.Length), (double)rows.Length / all);
        html.Add($"</tr>");
        if (target.Task == LearningTask.Regression) WriteNumbers(html, target, parts);
        else WriteClasses(html, target, parts);
        html.Add($"</tbody></table></div>");
        if (target.Classes.Count > MostClasses) html.Add($"<p>… and {ReportNumber.Count(target.Classes.Count - MostClasses)} more classes.</p>");
        html.Add($"</section>\n");
    }

    private static void WriteClasses(Markup html, Target target, (string Name, ReadOnlyMemory<int> Rows)[] parts)
    {
        var counts = Array.ConvertAll(parts, part =>
        {
            var count = new int[target.Classes.Count];
            foreach (var row in part.Rows.Span) count[(int)target.Values[row]]++;
            return count;
        });
        for (var i = 0; i < Math.Min(target.Classes.Count, MostClasses); i++)
        {
            html.Add($"""<tr><th scope="row">{Excerpt.Of(target.Classes[i])}</th>""");
            for (var part = 0; part < parts.Length; part++) Cells(html, ReportNumber.Count(counts[part][i]), parts[part].Rows.Length == 0 ? double.NaN : (double)counts[part][i] / parts[part].Rows.Length);
            html.Add($"</tr>");
        }
    }

    private static void WriteNumbers(Markup html, Target target, (string Name, ReadOnlyMemory<int> Rows)[] parts)
    {
        var sorted = Array.ConvertAll(parts, part =>
        {
            var labels = new float[part.Rows.Length];
            for (var i = 0; i < labels.Length; i++) labels[i] = target.Values[part.Rows.Span[i]];
            return new OrderStatistics(labels);
        });
        foreach (var (name, quantile) in new[] { ("least label", 0.0), ("lower quartile", 0.25), ("median label", 0.5), ("upper quartile", 0.75), ("greatest label", 1.0) })
        {
            html.Add($"""<tr><th scope="row">{name}</th>""");
            foreach (var labels in sorted) html.Add($"""<td class="n">{(labels.Count == 0 ? ReportNumber.None : ReportNumber.Short(labels.Quantile(quantile)))}</td><td></td>""");
            html.Add($"</tr>");
        }
    }

    private static void Cells(Markup html, string count, double share) =>
        html.Add($"""<td class="n">{count}</td><td class="n part" style="--share:{ReportNumber.Width(share)}">{ReportNumber.Share(share)}</td>""");
}
