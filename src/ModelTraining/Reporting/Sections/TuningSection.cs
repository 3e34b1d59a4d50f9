namespace ModelTraining;

/// <summary>What was tried to find the settings: trial by trial, which settings go with which values, which of them matter, the best trials, and why others failed.</summary>
internal static class TuningSection
{
    private const int MostTrials = 10, MostReasons = 5;

    public static void Write(Markup html, PipelineRun run)
    {
        if (run.Report<TuneReport>() is not { } report) return;
        int Count(TrialState state) => report.Trials.Count(trial => trial.State == state);
        html.Add($"<section><h2>How its settings were found</h2><p>{ReportNumber.Count(report.Trials.Count, "trial")}: {ReportNumber.Count(Count(TrialState.Complete))} complete, {ReportNumber.Count(Count(TrialState.Pruned))} given up early, {ReportNumber.Count(Count(TrialState.Failed))} failed. ");
        var where = report.Folds is { } folds ? $"as the mean over {ReportNumber.Count(folds)} folds of the training part" : "on the validation part";
        html.Add($"The value is <code>{report.Metric}</code> {where}, by which the best of many was chosen: it flatters the model a little, the test part does not.</p>");
        html.Add($"""<div class="charts">""");
        TrialHistoryChart.Write(html, report);
        if (report.Importances.Count > 0) WriteImportances(html, report);
        html.Add($"</div>");
        ParallelCoordinates.Write(html, report);
        WriteLeaderboard(html, report);
        WriteReasons(html, report);
        html.Add($"</section>\n");
    }

    private static void WriteImportances(Markup html, TuneReport report)
    {
        var chart = new BarChart("Importance of parameters", "By how much the values among the best tenth of the trials differ from those of all (PED-ANOVA), as shares. Few trials say little.", endOfNames: true);
        foreach (var importance in report.Importances.Take(20)) chart.Add(importance.Parameter, importance.Share, ReportNumber.Share(importance.Share));
        chart.WriteTo(html);
    }

    private static void WriteLeaderboard(Markup html, TuneReport report)
    {
        var ranked = report.Leaderboard;
        html.Add($"""<h3>The best trials</h3><div class="wide"><table><thead><tr><th class="n">trial</th><th class="n"><code>{report.Metric}</code></th><th>settings</th><th class="n">time</th></tr></thead><tbody>""");
        foreach (var trial in ranked.Take(MostTrials))
        {
            html.Add($"""<tr><th scope="row" class="n">{ReportNumber.Count(trial.Number)}</th><td class="n">{ReportNumber.Metric(trial.Value, report.Best.Value)}</td><td class="words">""");
            foreach (var (name, value) in report.Settings(trial)) html.Add($"<code>{name}</code> {Excerpt.Of(value)} ");
            html.Add($"""</td><td class="n">{(trial.EndedAt is { } end ? ReportNumber.Time(end - trial.StartedAt) : ReportNumber.None)}</td></tr>""");
        }

        html.Add($"</tbody></table></div>");
        if (ranked.Count > MostTrials) html.Add($"<p>… and {ReportNumber.Count(ranked.Count - MostTrials)} more.</p>");
    }

    private static void WriteReasons(Markup html, TuneReport report)
    {
        var reasons = report.Trials.Where(trial => trial.State == TrialState.Failed).GroupBy(trial => trial.Reason ?? "").OrderByDescending(group => group.Count()).ToList();
        if (reasons.Count == 0) return;
        html.Add($"<h3>Why trials failed</h3><ul>");
        foreach (var reason in reasons.Take(MostReasons)) html.Add($"<li>{ReportNumber.Count(reason.Count(), "trial")}: {Excerpt.Of(reason.Key, 300)}</li>");
        html.Add($"</ul>");
        if (reasons.Count > MostReasons) html.Add($"<p>… and {ReportNumber.Count(reasons.Count - MostReasons)} other reasons.</p>");
    }
}
