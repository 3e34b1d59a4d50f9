namespace ModelTraining;

/// <summary>What was tried to find the settings: trial by trial, which settings go with which values, which of them matter, the best trials, and why others failed.</summary>
internal static class TuningSection
{
    private const int MostTrials = 10, MostReasons = 5;

    public static void Write(Markup html, PipelineRun run)
    {
        if (run.Report<TuneReport>() is not { } report) return;
        int Count(TrialState state) => report.Trials.Count(trial => trial.State == state);
        html.Add($"<section><h2>How its settings were found</h2><p>{ReportNumber.Count(report.Trials.Count, "trial")}: {ReportNumber.Count(Count(TrialState.Complete))} complete, {ReportNumber.Count(Count(TrialState.Pruned))} given up early, {ReportNumber.Count(Count(TrialState.Failed))} failed{(Count(TrialState.Skipped) is > 0 and var skipped ? $", {ReportNumber.Count(skipped)} skipped" : "")}. ");
        WriteObjectives(html, report);
        html.Add($"""<div class="charts">""");
        TrialHistoryChart.Write(html, report);
        for (var i = 1; i < report.Objectives.Count; i++) ParetoChart.Write(html, report, i);
        if (report.Importances.Count > 0) WriteImportances(html, report);
        html.Add($"</div>");
        ParallelCoordinates.Write(html, report);
        WriteTrainers(html, report);
        WriteLeaderboard(html, report);
        WriteEnsemble(html, report);
        WriteReasons(html, report, TrialState.Failed, "Why trials failed");
        WriteReasons(html, report, TrialState.Skipped, "Why trials were skipped");
        html.Add($"</section>\n");
    }

    private static void WriteObjectives(Markup html, TuneReport report)
    {
        var where = report.Folds is { } folds ? $"as the mean over {ReportNumber.Count(folds)} folds of the training part" : "on the validation part";
        if (report.Objectives.Count == 1) html.Add($"The value is <code>{report.Metric}</code> {where}, by which the best of many was chosen: it flatters the model a little, the test part does not.</p>");
        else html.Add($"Judged by {string.Join(", ", report.Objectives)}, metrics {where}, which flatters what it has chosen a little; the test part does not.</p>");
        if (report.Objectives.Count == 1 && report.Constraints.Count == 0) return;
        html.Add($"<p>The run went on with {report.Choice[..1].ToLowerInvariant()}{report.Choice[1..]}</p>");
        if (report.Constraints.Count == 0) return;
        var complete = report.Trials.Where(trial => trial.State == TrialState.Complete).ToList();
        html.Add($"""<table><thead><tr><th>constraint</th><th class="n">trials that keep it</th><th class="n">of the chosen</th></tr></thead><tbody>""");
        for (var i = 0; i < report.Constraints.Count; i++)
        {
            var kept = complete.Count(trial => trial.Constraints[i] <= 0);
            html.Add($"""<tr><th scope="row"><code>{report.Constraints[i].ToString()}</code></th><td class="n">{ReportNumber.Count(kept)} of {ReportNumber.Count(complete.Count)}</td><td class="n">{ReportNumber.Short(report.Constraints[i].ValueOf(report.Best.Constraints[i]))}</td></tr>""");
        }

        html.Add($"</tbody></table>");
    }

    /// <summary>Of a search over several trainers, the best trial of each.</summary>
    private static void WriteTrainers(Markup html, TuneReport report)
    {
        var groups = report.Leaderboard.Where(trial => report.Settings(trial).ContainsKey(Tune.TrainerParameter)).GroupBy(trial => report.Settings(trial)[Tune.TrainerParameter]).ToList();
        if (groups.Count < 2) return;
        html.Add($"""<h3>The best of each trainer</h3><table><thead><tr><th>trainer</th><th class="n">trials</th><th class="n">best trial</th><th class="n"><code>{report.Metric}</code></th></tr></thead><tbody>""");
        foreach (var group in groups) html.Add($"""<tr><th scope="row">{Excerpt.Of(group.Key)}</th><td class="n">{ReportNumber.Count(group.Count())}</td><td class="n">{ReportNumber.Count(group.First().Number)}</td><td class="n">{ReportNumber.Metric(group.First().Value, report.Best.Value)}</td></tr>""");
        html.Add($"</tbody></table>");
    }

    private static void WriteEnsemble(Markup html, TuneReport report)
    {
        if (report.Ensemble is not { } ensemble) return;
        html.Add($"<h3>An ensemble of the best</h3><p>{ensemble.Reason}{(ensemble.IsUsed ? " The run went on with it." : "")}</p>");
        if (ensemble.Members.Count < 2) return;
        html.Add($"""<table><thead><tr><th></th><th class="n">share</th><th class="n"><code>{report.Metric}</code> on rows that did not choose</th><th class="n">alone, on all validation rows</th></tr></thead><tbody>""");
        html.Add($"""<tr><th scope="row">ensemble</th><td class="n">{ReportNumber.None}</td><td class="n">{ReportNumber.Metric(ensemble.Value, ensemble.BestValue)}</td><td class="n">{ReportNumber.None}</td></tr>""");
        html.Add($"""<tr><th scope="row">the best alone</th><td class="n">{ReportNumber.None}</td><td class="n">{ReportNumber.Metric(ensemble.BestValue, ensemble.Value)}</td><td class="n">{ReportNumber.Metric(report.Best.Value, ensemble.Value)}</td></tr>""");
        foreach (var member in ensemble.Members)
        {
            var trial = report.Trials.First(known => known.Number == member.Trial);
            var name = report.Settings(trial).GetValueOrDefault(Tune.TrainerParameter);
            html.Add($"""<tr><th scope="row">trial {ReportNumber.Count(member.Trial)}{(name is null ? "" : $", {name}")}</th><td class="n">{ReportNumber.Share(member.Share)}</td><td class="n">{ReportNumber.None}</td><td class="n">{ReportNumber.Metric(trial.Value, report.Best.Value)}</td></tr>""");
        }

        html.Add($"</tbody></table>");
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
        html.Add($"""<h3>The best trials</h3><div class="wide"><table><thead><tr><th class="n">trial</th>""");
        foreach (var objective in report.Objectives) html.Add($"""<th class="n"><code>{objective.Key}</code></th>""");
        html.Add($"""<th>settings</th><th class="n">time</th></tr></thead><tbody>""");
        foreach (var trial in ranked.Take(MostTrials))
        {
            html.Add($"""<tr><th scope="row" class="n">{ReportNumber.Count(trial.Number)}</th>""");
            for (var i = 0; i < trial.Values.Count; i++) html.Add($"""<td class="n">{(i == 0 ? ReportNumber.Metric(trial.Value, report.Best.Value) : ReportNumber.Short(trial.Values[i]))}</td>""");
            html.Add($"""<td class="words">""");
            if (!trial.IsFeasible) html.Add($"<em>breaks a constraint</em> ");
            if (trial.Number == report.Best.Number && report.Objectives.Count > 1) html.Add($"<em>chosen</em> ");
            foreach (var (name, value) in report.Settings(trial)) html.Add($"<code>{name}</code> {Excerpt.Of(value)} ");
            html.Add($"""</td><td class="n">{(trial.EndedAt is { } end ? ReportNumber.Time(end - trial.StartedAt) : ReportNumber.None)}</td></tr>""");
        }

        html.Add($"</tbody></table></div>");
        if (ranked.Count > MostTrials) html.Add($"<p>… and {ReportNumber.Count(ranked.Count - MostTrials)} more.</p>");
    }

    private static void WriteReasons(Markup html, TuneReport report, TrialState state, string title)
    {
        var reasons = report.Trials.Where(trial => trial.State == state).GroupBy(trial => trial.Reason ?? "").OrderByDescending(group => group.Count()).ToList();
        if (reasons.Count == 0) return;
        html.Add($"<h3>{title}</h3><ul>");
        foreach (var reason in reasons.Take(MostReasons)) html.Add($"<li>{ReportNumber.Count(reason.Count(), "trial")}: {Excerpt.Of(reason.Key, 300)}</li>");
        html.Add($"</ul>");
        if (reasons.Count > MostReasons) html.Add($"<p>… and {ReportNumber.Count(reasons.Count - MostReasons)} other reasons.</p>");
    }
}
