namespace ModelTraining;

/// <summary>Where the model is good and where it is not: the primary metric slice by slice, the worst first.</summary>
internal static class SliceSection
{
    private const int MostSlices = 40;

    public static void Write(Markup html, PipelineRun run)
    {
        if (run.EvaluationOrNull is not { Slices.Count: > 0 } evaluation) return;
        var primary = evaluation.Primary;
        html.Add($"<section><h2>Slice by slice</h2><p>By <code>{primary.Key}</code>, the worst first; all test rows have {ReportNumber.Metric(primary.Value, primary.Baseline)}. {Note(evaluation)}</p>");
        html.Add($"""<div class="wide"><table><thead><tr><th>column</th><th>value</th><th class="n">test rows</th><th class="n"><code>{primary.Key}</code></th>""");
        if (evaluation.Resamples > 0) html.Add($"""<th class="n">95 % interval</th><th>beside all rows</th>""");
        html.Add($"</tr></thead><tbody>");
        foreach (var slice in evaluation.Slices.Take(MostSlices))
        {
            html.Add($"""<tr><th scope="row"><code>{Excerpt.Of(slice.Column)}</code></th><td>{Excerpt.Of(slice.Value)}</td><td class="n part" style="--share:{ReportNumber.Width((double)slice.RowCount / evaluation.RowCount)}">{ReportNumber.Count(slice.RowCount)}</td>""");
            html.Add($"""<td class="n">{ReportNumber.Metric(slice.Metrics[primary.Key], primary.Value)}</td>""");
            if (slice.Interval is { } interval)
            {
                var (style, word) = Beside(interval, primary);
                html.Add($"""<td class="n">{ReportNumber.Interval(interval, primary.Value)}</td><td class="{style}">{word}</td>""");
            }

            html.Add($"</tr>");
        }

        html.Add($"</tbody></table></div>");
        if (evaluation.Slices.Count > MostSlices) html.Add($"<p>… and {ReportNumber.Count(evaluation.Slices.Count - MostSlices)} more slices.</p>");
        html.Add($"</section>\n");
    }

    private static string Note(Evaluation evaluation) => evaluation.SlicesTooSmall == 0 ? "" : $"{ReportNumber.Count(evaluation.SlicesTooSmall, "slice")} with fewer than {ReportNumber.Count(evaluation.MinSliceRows)} rows {(evaluation.SlicesTooSmall == 1 ? "is" : "are")} left out.";

    private static (string Style, string Word) Beside(MetricInterval interval, MetricScore primary)
    {
        if (interval.Low == interval.High) return ("", ""); // too few errors to learn from how they vary
        var higher = primary.Direction == MetricDirection.HigherIsBetter;
        if (interval.High < primary.Value) return higher ? ("bad", "▼ worse") : ("good", "▲ better");
        if (interval.Low > primary.Value) return higher ? ("good", "▲ better") : ("bad", "▼ worse");
        return ("", "");
    }
}
