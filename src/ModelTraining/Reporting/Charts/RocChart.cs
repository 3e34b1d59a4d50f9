namespace ModelTraining;

/// <summary>The ROC curve: of the rows of a class the share found, against the share of the others taken for it, at all thresholds.</summary>
internal static class RocChart
{
    public static void Write(Markup html, Evaluation evaluation)
    {
        var curves = ShownCurves.Of(evaluation);
        var description = curves.Count == 1
            ? $"The area under the curve is {ReportNumber.Short(curves[0].AreaUnderRocCurve)}: the chance that a row of '{curves[0].Class}' gets a higher probability than one of the others."
            : ShownCurves.Sentence(evaluation);
        var canvas = new ChartCanvas("ROC curve", description, Axis.Unit("false positive rate"), Axis.Unit("true positive rate (recall)"));
        canvas.Reference(new ChartPoint(0, 0), new ChartPoint(1, 1), "a guess");
        foreach (var (i, curve) in curves.Index())
        {
            canvas.Line(curve.Points.Select(point => new ChartPoint(point.FalsePositiveRate, point.TruePositiveRate)), i, $"{Excerpt.Of(curve.Class, 40)}: area {ReportNumber.Short(curve.AreaUnderRocCurve)}");
        }

        if (OperatingPoint.Of(evaluation) is { } point) canvas.Mark(new ChartPoint(point.FalsePositiveRate, point.Recall), OperatingPoint.Words(evaluation));
        canvas.WriteTo(html);
    }
}
