namespace ModelTraining;

/// <summary>What comes of each threshold on the validation part, with the one that was chosen.</summary>
internal static class ThresholdChart
{
    private const int MostPoints = 400;

    public static void Write(Markup html, ThresholdReport report)
    {
        var points = Thin(report.Candidates);
        var byShare = report.By is not ("matthews_corrcoef" or "cohen_kappa_score") && !report.By.StartsWith("cost", StringComparison.Ordinal);
        var scores = byShare ? Axis.Unit(report.By) : Axis.Over(report.By, points.Select(point => point.Score));
        var canvas = new ChartCanvas("Threshold", Description(report), Axis.Unit("least probability that is called positive"), scores);
        canvas.Reference(new ChartPoint(report.Threshold, scores.Min), new ChartPoint(report.Threshold, scores.Max));
        if (byShare)
        {
            if (report.By != "precision") canvas.Line(points.Select(point => new ChartPoint(point.Threshold, point.Precision)), 1, "precision");
            if (report.By != "recall") canvas.Line(points.Select(point => new ChartPoint(point.Threshold, point.Recall)), 2, "recall");
        }

        canvas.Line(points.Select(point => new ChartPoint(point.Threshold, point.Score)), 0, report.By);
        canvas.Mark(new ChartPoint(report.Threshold, report.Score), $"{ReportNumber.Short(report.Score)} at {ReportNumber.Short(report.Threshold)}");
        canvas.WriteTo(html);
    }

    private static string Description(ThresholdReport report) =>
        $"What comes of each threshold on {ReportNumber.Count(report.ValidationRows, "validation row")}. The dashed line is the one that was chosen, {ReportNumber.Short(report.Threshold)}; at 0.5, {report.By} would be {ReportNumber.Short(report.ScoreAtHalf)}.";

    private static IReadOnlyList<ThresholdCandidate> Thin(IReadOnlyList<ThresholdCandidate> candidates) => candidates.Count <= MostPoints
        ? candidates
        : [.. Enumerable.Range(0, MostPoints).Select(i => candidates[(int)((long)i * (candidates.Count - 1) / (MostPoints - 1))])];
}
