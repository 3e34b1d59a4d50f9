namespace ModelTraining;

/// <summary>What was done, and how it ended, at a glance.</summary>
internal static class HeaderSection
{
    public static string Title(PipelineRun run) => run.TargetOrNull is { } target ? $"{target.Column}: report of a run" : "Report of a run";

    public static void Write(Markup html, PipelineRun run)
    {
        html.Add($"<header><h1>{Heading(run)}</h1>");
        html.Add($"""<p class="sub">From {run.Description}, {ReportNumber.Moment(run.StartedAt)}, with ModelTraining {Version(LibraryVersion.Text)}.</p>""");
        if (run.Status == RunStatus.Cancelled) html.Add($"""<p class="bad"><b>Cancelled: the model is the best one so far.</b></p>""");
        html.Add($"""<div class="tiles">""");
        if (run.CrossValidationOrNull is { Primary: var folds } report && double.IsFinite(folds.Mean))
        {
            Tile(html, $"{ReportNumber.Metric(folds.Mean, folds.Baseline)} ± {ReportNumber.Metric(folds.StandardDeviation, folds.Mean)}", $"{folds.Key}, mean and deviation of {ReportNumber.Count(report.Folds.Count, "fold")}; 95 % interval {ReportNumber.Interval(folds.Interval, folds.Baseline)}; baseline {ReportNumber.Metric(folds.Baseline, folds.Mean)}");
        }
        else if (run.EvaluationOrNull is { } evaluation)
        {
            var primary = evaluation.Primary;
            var interval = primary.Interval is { } known ? $"; 95 % interval {ReportNumber.Interval(known, primary.Baseline)}" : "";
            Tile(html, ReportNumber.Metric(primary.Value, primary.Baseline), $"{primary.Key} on {ReportNumber.Count(evaluation.RowCount, run.CrossValidationOrNull is null ? "test row" : "out-of-fold row")}{interval}; baseline {ReportNumber.Metric(primary.Baseline, primary.Value)}");
        }

        Tile(html, ReportNumber.Count(run.Source.RowCount), $"rows of {ReportNumber.Count(run.Source.Columns.Count, "column")}");
        if (run.ModelOrNull is { } model) Tile(html, ReportNumber.Count(model.Features.Count), $"features for {model.Trainer}");
        Tile(html, ReportNumber.Time(new TimeSpan(run.Timings.Sum(timing => timing.Duration.Ticks))), "for all stages");
        if (run.Exports.Count > 0) Tile(html, ReportNumber.Bytes(run.Exports[0].Bytes), $"{Path.GetFileName(run.Exports[0].Path)}, equal in ONNX Runtime on {ReportNumber.Count(run.Exports[0].Parity.Rows, "row")}");
        html.Add($"</div></header>\n");
    }

    private static Markup Heading(PipelineRun run)
    {
        var heading = new Markup();
        if (run.TargetOrNull is not { } target) return heading.Add($"Report of a run");
        return heading.Add($"<code>{Excerpt.Of(target.Column, 100)}</code>: {Kind(target)}");
    }

    private static string Kind(Target target) => target.Task switch
    {
        LearningTask.BinaryClassification => $"{Excerpt.Of(target.Classes[0])} or {Excerpt.Of(target.Classes[1])}",
        LearningTask.MulticlassClassification => $"one of {ReportNumber.Count(target.Classes.Count)} classes",
        _ => "a number",
    };

    /// <summary>The version without the commit that it was built from, which stands with the settings.</summary>
    private static string Version(string text) => text.Split('+')[0];

    private static void Tile(Markup html, string figure, string what) => html.Add($"""<div class="tile"><b>{figure}</b><span>{what}</span></div>""");
}
