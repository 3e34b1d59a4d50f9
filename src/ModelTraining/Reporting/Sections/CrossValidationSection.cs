namespace ModelTraining;

/// <summary>How good the model is, fold by fold, and how sure that is.</summary>
internal static class CrossValidationSection
{
    private const int MostFolds = 50, MostCharts = 2, MostColumns = 3;

    public static void Write(Markup html, PipelineRun run)
    {
        if (run.CrossValidationOrNull is not { } report) return;
        html.Add($"<section><h2>Cross-validation</h2><p>{report.Method}: {ReportNumber.Count(report.OutOfFold.Count, "row")} of {ReportNumber.Count(run.Table.RowCount)} were predicted by models that had not learned from them. Whatever learns from rows was fitted anew for each fold. ");
        html.Add($"The interval is that of the corrected resampled t-test (Nadeau and Bengio, 2003): folds learn from the same rows, so their scores lie closer together than those of new data would. {KeptModel(run, report)}</p>");
        var shown = report.MainScores.Where(score => score.Values.Any(double.IsFinite)).ToList();
        html.Add($"""<div class="charts">""");
        foreach (var score in shown.Take(MostCharts)) FoldScoresChart.Write(html, score);
        html.Add($"</div>");
        WriteScores(html, report);
        if (report.Folds.Count <= MostFolds) WriteFolds(html, report, [.. shown.Take(MostColumns)]);
        html.Add($"</section>\n");
    }

    /// <summary>What the model is that the numbers stand for, in a sentence.</summary>
    public static string KeptModel(PipelineRun run, CrossValidationReport report) => report.Final == FinalModel.Ensemble
        ? $"The model is the mean of the folds' {ReportNumber.Count(report.Folds.Count)} models; it is as good as one of them at least, as a rule."
        : $"The model itself learned from {ReportNumber.Count(run.Split.TrainingRows.Length)} rows, more than any fold; the numbers are those of the folds.";

    private static void WriteScores(Markup html, CrossValidationReport report)
    {
        html.Add($"""<div class="wide"><table><thead><tr><th>metric</th><th class="n">mean</th><th class="n">deviation</th><th class="n">95 % interval</th><th class="n">least</th><th class="n">most</th><th class="n">baseline</th><th>better is</th></tr></thead><tbody>""");
        foreach (var score in report.MainScores)
        {
            var defined = score.Values.Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).ToList();
            html.Add($"""<tr><th scope="row"><code>{score.Key}</code></th><td class="n">{ReportNumber.Metric(score.Mean, score.Baseline)}</td><td class="n">{ReportNumber.Metric(score.StandardDeviation, score.Mean)}</td><td class="n">{ReportNumber.Interval(score.Interval, score.Mean)}</td>""");
            html.Add($"""<td class="n">{ReportNumber.Metric(defined.Min(), score.Mean)}</td><td class="n">{ReportNumber.Metric(defined.Max(), score.Mean)}</td><td class="n">{ReportNumber.Metric(score.Baseline, score.Mean)}</td><td>{(score.Direction == MetricDirection.HigherIsBetter ? "higher" : "lower")}</td></tr>""");
        }

        html.Add($"</tbody></table></div>");
    }

    private static void WriteFolds(Markup html, CrossValidationReport report, IReadOnlyList<CrossValidationScore> scores)
    {
        var repeated = report.Folds[^1].Repeat > 1;
        html.Add($"""<details><summary>{ReportNumber.Count(report.Folds.Count, "fold")}</summary><div class="wide"><table><thead><tr><th class="n">fold</th><th class="n">training</th><th class="n">validation</th><th class="n">test</th>""");
        foreach (var score in scores) html.Add($"""<th class="n"><code>{score.Key}</code></th>""");
        html.Add($"""<th class="n">time</th><th>found</th></tr></thead><tbody>""");
        foreach (var fold in report.Folds)
        {
            html.Add($"""<tr><th scope="row" class="n">{(repeated ? $"{ReportNumber.Count(fold.Repeat)}." : "")}{ReportNumber.Count(fold.Number)}</th><td class="n">{ReportNumber.Count(fold.TrainingCount)}</td><td class="n">{ReportNumber.Count(fold.ValidationCount)}</td><td class="n">{ReportNumber.Count(fold.TestRows.Length)}</td>""");
            foreach (var score in scores) html.Add($"""<td class="n">{ReportNumber.Metric(fold.Metrics[score.Key], score.Mean)}</td>""");
            html.Add($"""<td class="n">{ReportNumber.Time(fold.Duration)}</td><td class="words">{Found(fold)}</td></tr>""");
        }

        html.Add($"</tbody></table></div></details>");
    }

    /// <summary>What the fold chose for itself.</summary>
    private static string Found(FoldResult fold)
    {
        var found = new List<string>();
        if (fold.Report<TuneReport>() is { } tuned) found.AddRange(tuned.Settings(tuned.Best).Select(setting => $"{setting.Key} {setting.Value}"));
        if (fold.History is { } history) found.Add($"{ReportNumber.Count(history.BestStep)} {history.Unit}");
        if (fold.Threshold is { } threshold) found.Add($"threshold {ReportNumber.Short(threshold)}");
        return found.Count == 0 ? ReportNumber.None : string.Join(", ", found);
    }
}
