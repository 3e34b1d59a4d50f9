namespace ModelTraining;

/// <summary>Each trial's value, and the best so far.</summary>
internal static class TrialHistoryChart
{
    public static void Write(Markup html, TuneReport report)
    {
        var complete = report.Trials.Where(trial => trial.State == TrialState.Complete).ToList();
        var best = new List<ChartPoint>();
        foreach (var trial in complete)
        {
            if (best.Count > 0) best.Add(new ChartPoint(trial.Number, best[^1].Y)); // a step, not a slope
            if (trial.IsFeasible && (best.Count == 0 || IsBetter(report, trial.Value, best[^1].Y))) best.Add(new ChartPoint(trial.Number, trial.Value));
        }

        if (best.Count > 0) best.Add(new ChartPoint(report.Trials[^1].Number, best[^1].Y));
        var shown = Shown(report);
        var beyond = complete.Count(trial => !shown.Contains(trial.Value));
        var description = $"{(report.Objectives.Count == 1 ? "The best is trial" : "The one gone on with is trial")} {ReportNumber.Count(report.Best.Number)}, the first being 0, with a validation {report.Metric} of {ReportNumber.Short(report.Best.Value)}." +
            (beyond > 0 ? $" {ReportNumber.Count(beyond, "trial")} far worse {(beyond == 1 ? "stands" : "stand")} at the edge." : "");
        var canvas = new ChartCanvas("Trials", description, Axis.Over("trial", [0, report.Trials[^1].Number]), Axis.Over(report.Metric, shown));
        canvas.Dots(complete.Select(trial => new ChartPoint(trial.Number, trial.Value)), 0, "trial");
        canvas.Line(best, 1, "best so far");
        canvas.Mark(new ChartPoint(report.Best.Number, report.Best.Value), $"trial {ReportNumber.Count(report.Best.Number)}");
        canvas.WriteTo(html);
    }

    /// <summary>The values without those that are so much worse that the others would be a line beside them: beyond three box heights, as in a box plot.</summary>
    public static IReadOnlyList<double> Shown(TuneReport report)
    {
        var values = report.Trials.Where(trial => trial.State == TrialState.Complete).Select(trial => trial.Value);
        var sorted = (report.Direction == MetricDirection.HigherIsBetter ? values.OrderDescending() : values.Order()).ToList(); // best first
        var (upper, lower) = (sorted[sorted.Count / 4], sorted[sorted.Count * 3 / 4]);
        var worst = lower + (3 * (lower - upper));
        return upper == lower ? sorted : sorted.TakeWhile(value => !IsBetter(report, worst, value)).ToList();
    }

    private static bool IsBetter(TuneReport report, double a, double b) => report.Direction == MetricDirection.HigherIsBetter ? a > b : a < b;
}
