namespace ModelTraining;

/// <summary>The precision-recall curve, in the steps that the average precision is the area under.</summary>
internal static class PrecisionRecallChart
{
    public static void Write(Markup html, Evaluation evaluation)
    {
        var curves = ShownCurves.Of(evaluation);
        var description = curves.Count == 1
            ? $"The average precision is {ReportNumber.Short(curves[0].AreaUnderPrecisionRecallCurve)}; calling rows '{curves[0].Class}' at random has {ReportNumber.Short(Share(evaluation, curves[0].Class))}."
            : ShownCurves.Sentence(evaluation);
        var canvas = new ChartCanvas("Precision-recall curve", description, Axis.Unit("recall"), Axis.Unit("precision"));
        if (curves.Count == 1)
        {
            var share = Share(evaluation, curves[0].Class);
            canvas.Reference(new ChartPoint(0, share), new ChartPoint(1, share), "at random");
        }

        foreach (var (i, curve) in curves.Index()) canvas.Line(Steps(curve), i, $"{Excerpt.Of(curve.Class, 40)}: average precision {ReportNumber.Short(curve.AreaUnderPrecisionRecallCurve)}");
        if (OperatingPoint.Of(evaluation) is { } point) canvas.Mark(new ChartPoint(point.Recall, point.Precision), OperatingPoint.Words(evaluation));
        canvas.WriteTo(html);
    }

    private static IEnumerable<ChartPoint> Steps(ClassCurve curve)
    {
        var recall = 0.0;
        foreach (var point in curve.Points.Skip(1))
        {
            yield return new ChartPoint(recall, point.Precision);
            yield return new ChartPoint(point.TruePositiveRate, point.Precision);
            recall = point.TruePositiveRate;
        }
    }

    private static double Share(Evaluation evaluation, string name) =>
        evaluation.PerClass.Where(metrics => metrics.Class == name).Sum(metrics => metrics.Support) / evaluation.PerClass.Sum(metrics => metrics.Support);
}
