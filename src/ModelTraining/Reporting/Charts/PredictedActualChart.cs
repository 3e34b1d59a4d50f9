namespace ModelTraining;

/// <summary>Predicted numbers against the true ones.</summary>
internal static class PredictedActualChart
{
    public static void Write(Markup html, Evaluation evaluation)
    {
        var values = evaluation.Sample.SelectMany(row => new double[] { row.Actual, row.Predicted }).ToList();
        var (actual, predicted) = (Axis.Over("actual", values), Axis.Over("predicted", values));
        var canvas = new ChartCanvas("Predicted against actual", $"A row on the line is predicted right. {SampleNote.Of(evaluation)}", actual, predicted);
        canvas.Dots(evaluation.Sample.Select(row => new ChartPoint(row.Actual, row.Predicted)), 0, "a row");
        canvas.Reference(new ChartPoint(actual.Min, actual.Min), new ChartPoint(actual.Max, actual.Max), "exact");
        canvas.WriteTo(html);
    }
}
