namespace ModelTraining;

/// <summary>How good the model is, beside the baseline.</summary>
internal static class MetricSection
{
    public static void Write(Markup html, PipelineRun run)
    {
        if (run.ModelOrNull is null || (run.EvaluationOrNull is null && run.CrossValidationOrNull is not null)) return;
        html.Add($"<section><h2>How good it is{(run.CrossValidationOrNull is null ? "" : ", all folds together")}</h2>");
        if (run.EvaluationOrNull is { } evaluation) WriteTable(html, evaluation, run.CrossValidationOrNull is null ? "test row" : "out-of-fold row");
        else html.Add($"<p>The pipeline has no <code>Evaluate</code>: how good the model is on rows that it has not seen is not known.</p>");
        html.Add($"</section>\n");
    }

    private static void WriteTable(Markup html, Evaluation evaluation, string row)
    {
        var main = evaluation.MainScores.ToList();
        html.Add($"<p>On {ReportNumber.Count(evaluation.RowCount, row)}. The baseline knows the labels of the training part and no feature: it is what a model has to beat.{IntervalNote(evaluation)}</p>");
        WriteScores(html, main);
        if (evaluation.Scores.Except(main).ToList() is not { Count: > 0 } others) return;
        html.Add($"<details><summary>{ReportNumber.Count(others.Count)} more</summary>");
        WriteScores(html, others);
        html.Add($"</details>");
    }

    private static void WriteScores(Markup html, IReadOnlyList<MetricScore> scores)
    {
        html.Add($"""<div class="wide"><table><thead><tr><th>metric</th><th class="n">model</th>""");
        if (scores.Any(score => score.Interval is not null)) html.Add($"""<th class="n">95 % interval</th>""");
        html.Add($"""<th class="n">baseline</th><th>against the baseline</th><th>better is</th><th>name</th></tr></thead><tbody>""");
        foreach (var score in scores)
        {
            var (style, word) = Comparison(score);
            html.Add($"""<tr><th scope="row"><code>{score.Key}</code></th><td class="n">{ReportNumber.Metric(score.Value, score.Baseline)}</td>""");
            if (score.Interval is { } interval) html.Add($"""<td class="n">{ReportNumber.Interval(interval, score.Baseline)}</td>""");
            html.Add($"""<td class="n">{ReportNumber.Metric(score.Baseline, score.Value)}</td>""");
            html.Add($"""<td class="{style}">{word}</td><td>{(score.Direction == MetricDirection.HigherIsBetter ? "higher" : "lower")}</td><td>{score.Name}</td></tr>""");
        }

        html.Add($"</tbody></table></div>");
    }

    private static string IntervalNote(Evaluation evaluation) => evaluation.Intervals.Count == 0
        ? ""
        : $" An interval says how sure a metric is, given the number of test rows: {ReportNumber.Count(evaluation.Resamples)} bootstrap resamples.";

    private static (string Style, string Word) Comparison(MetricScore score)
    {
        if (double.IsNaN(score.Value) || double.IsNaN(score.Baseline)) return ("", ReportNumber.None);
        if (score.Value == score.Baseline) return ("", "equal");
        return score.Value > score.Baseline == (score.Direction == MetricDirection.HigherIsBetter) ? ("good", "▲ better") : ("bad", "▼ worse");
    }
}
