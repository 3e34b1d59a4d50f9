namespace ModelTraining;

/// <summary>The first objective of trials over another one: those that no other beats in all of them, the others, and which one the run went on with.</summary>
internal static class ParetoChart
{
    public static void Write(Markup html, TuneReport report, int objective)
    {
        var (x, y) = (report.Objectives[objective], report.Objectives[0]);
        var front = report.ParetoFront.OrderBy(trial => trial.Values[objective]).ToList();
        var numbers = front.Select(trial => trial.Number).ToHashSet();
        var complete = report.Trials.Where(trial => trial.State == TrialState.Complete).ToList();
        var (beaten, broken) = (complete.Where(trial => trial.IsFeasible && !numbers.Contains(trial.Number)).ToList(), complete.Where(trial => !trial.IsFeasible).ToList());
        var description = $"{ReportNumber.Count(front.Count, "trial")} of {ReportNumber.Count(complete.Count)} {(front.Count == 1 ? "is" : "are")} beaten by no other in all objectives: better is {Way(y)} of {y.Key}, {Way(x)} of {x.Key}."
            + (report.Objectives.Count > 2 ? " A trial of the front that looks beaten here is better in another objective." : "");
        var canvas = new ChartCanvas($"Pareto's front: {y.Key} and {x.Key}", description, Axis.Over(x.Key, complete.Select(trial => trial.Values[objective])), Axis.Over(y.Key, complete.Select(trial => trial.Values[0])));
        canvas.Dots(broken.Select(At), 2, "breaks a constraint");
        canvas.Dots(beaten.Select(At), 0, "beaten");
        if (report.Objectives.Count == 2) canvas.Line(Stairs(front.ConvertAll(At)), 1);
        canvas.Dots(front.Select(At), 1, "front");
        canvas.Mark(At(report.Best), $"trial {ReportNumber.Count(report.Best.Number)}");
        canvas.WriteTo(html);

        ChartPoint At(TrialRecord trial) => new(trial.Values[objective], trial.Values[0]);
    }

    private static string Way(TuneObjective objective) => objective.Direction == MetricDirection.HigherIsBetter ? "more" : "less";

    /// <summary>Between two trials of the front the best that was found is still the one before.</summary>
    private static IEnumerable<ChartPoint> Stairs(List<ChartPoint> points)
    {
        for (var i = 0; i < points.Count; i++)
        {
            if (i > 0) yield return new ChartPoint(points[i].X, points[i - 1].Y);
            yield return points[i];
        }
    }
}
