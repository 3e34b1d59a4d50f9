namespace ModelTraining;

/// <summary>What each fold reaches, beside the mean with its interval and the baseline.</summary>
internal static class FoldScoresChart
{
    public static void Write(Markup html, CrossValidationScore score)
    {
        var count = score.Values.Count;
        var (low, high) = (score.Interval.Low, score.Interval.High);
        var description = $"{ReportNumber.Count(count, "fold")}: {ReportNumber.Metric(score.Mean, score.Baseline)} on average{(double.IsNaN(low) ? "" : $", 95 % interval {ReportNumber.Interval(score.Interval, score.Baseline)}")}; the baseline has {ReportNumber.Metric(score.Baseline, score.Mean)}.";
        var canvas = new ChartCanvas(score.Key, description, Axis.Over("fold", [0, count + 1]), Axis.Over(score.Key, [.. score.Values, low, high]));
        canvas.Reference(new ChartPoint(0, score.Mean), new ChartPoint(count + 1, score.Mean), "mean");
        canvas.Dots(score.Values.Select((value, i) => new ChartPoint(i + 1, value)), 0, "fold");
        canvas.Interval(count + 1, low, high, 1); // beside the last fold, where there is none
        canvas.Mark(new ChartPoint(count + 1, score.Mean), ReportNumber.Metric(score.Mean, score.Baseline));
        canvas.WriteTo(html);
    }
}
