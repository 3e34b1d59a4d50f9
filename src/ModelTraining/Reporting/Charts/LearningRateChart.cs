namespace ModelTraining;

/// <summary>The loss along the sweep of a learning-rate finder, with the rate that was trained with.</summary>
internal static class LearningRateChart
{
    public static void Write(Markup html, FoundLearningRate found)
    {
        var rates = Axis.Powers("learning rate", [.. found.Points.Select(point => point.LearningRate)], 10);
        var losses = Axis.Over("loss", found.Points.Select(point => point.SmoothedLoss));
        var canvas = new ChartCanvas("Learning rates", Description(found), rates, losses);
        // Single losses of a sweep that diverges go beyond any picture.
        canvas.Dots(found.Points.Where(point => point.Loss >= losses.Min && point.Loss <= losses.Max).Select(point => new ChartPoint(point.LearningRate, point.Loss)), 1, "loss of an update");
        canvas.Line(found.Points.Select(point => new ChartPoint(point.LearningRate, point.SmoothedLoss)), 0, "smoothed");
        canvas.Reference(new ChartPoint(found.LearningRate, losses.Min), new ChartPoint(found.LearningRate, losses.Max));
        var chosen = found.Points.First(point => point.LearningRate == found.LearningRate);
        canvas.Mark(new ChartPoint(chosen.LearningRate, chosen.SmoothedLoss), ReportNumber.Short(chosen.LearningRate));
        canvas.WriteTo(html);
    }

    private static string Description(FoundLearningRate found) =>
        $"Before the training, {ReportNumber.Count(found.Points.Length, "update")} with a rising rate were tried and taken back; {(found.Diverged ? "the loss diverged" : "the loss did not diverge")}. Trained with is {ReportNumber.Short(found.LearningRate)}, where the smoothed loss falls most steeply. A tenth of the rate at its minimum is {ReportNumber.Short(found.MinimumTenth)}.";
}
