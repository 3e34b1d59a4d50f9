namespace ModelTraining;

/// <summary>How far off the predictions are, against what was predicted.</summary>
internal static class ResidualChart
{
    public static void Write(Markup html, Evaluation evaluation)
    {
        var points = evaluation.Sample.Select(row => new ChartPoint(row.Predicted, (double)row.Actual - row.Predicted)).ToList();
        var predicted = Axis.Over("predicted", points.Select(point => point.X));
        var canvas = new ChartCanvas("Residuals", $"Rows above the line are predicted too low. A bend or a funnel tells of something that the model does not know. {SampleNote.Of(evaluation)}",
            predicted, Axis.Over("actual − predicted", points.Select(point => point.Y).Append(0)));
        canvas.Dots(points, 0, "a row");
        canvas.Reference(new ChartPoint(predicted.Min, 0), new ChartPoint(predicted.Max, 0), "exact");
        canvas.WriteTo(html);
    }
}
