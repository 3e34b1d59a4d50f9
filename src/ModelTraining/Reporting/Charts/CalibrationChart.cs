namespace ModelTraining;

/// <summary>The reliability diagram: how often what was given a probability came true.</summary>
internal static class CalibrationChart
{
    public static void Write(Markup html, Evaluation evaluation)
    {
        if (evaluation.Calibration.Count == 0) return;
        var all = evaluation.Calibration.Sum(bin => bin.Weight);
        var error = Error(evaluation.Calibration);
        var binary = evaluation.Task == LearningTask.BinaryClassification;
        var whose = binary ? $"'{evaluation.ConfusionMatrix!.Classes[1]}'" : "the predicted class";
        var description = $"A probability means what it says where a disc lies on the diagonal. A disc is a tenth of the probabilities of {whose}, the larger the more rows, with its 95 % interval. On average they are {ReportNumber.Short(error)} off (expected calibration error){Before(evaluation)}.";
        var canvas = new ChartCanvas("Calibration", description, Axis.Unit("predicted probability"), Axis.Unit(binary ? "share that came true" : "share predicted right"));
        canvas.Reference(new ChartPoint(0, 0), new ChartPoint(1, 1), "ideal");
        if (evaluation.CalibrationBefore.Count > 0)
        {
            canvas.Line(evaluation.CalibrationBefore.Select(bin => new ChartPoint(bin.Predicted, bin.Observed)), 1, "before calibration");
            canvas.Line(evaluation.Calibration.Select(bin => new ChartPoint(bin.Predicted, bin.Observed)), 0, "calibrated");
        }

        foreach (var bin in evaluation.Calibration)
        {
            var (low, high) = Wilson(bin.Observed, bin.EffectiveRows);
            canvas.Interval(bin.Predicted, low, high, 0);
            canvas.Disc(new ChartPoint(bin.Predicted, bin.Observed), bin.Weight / all, 0);
        }

        canvas.WriteTo(html);
    }

    private static string Before(Evaluation evaluation) => evaluation.CalibrationBefore.Count == 0 ? "" : $", before calibration {ReportNumber.Short(Error(evaluation.CalibrationBefore))}";

    private static double Error(IReadOnlyList<CalibrationBin> bins)
    {
        var all = bins.Sum(bin => bin.Weight);
        return bins.Sum(bin => bin.Weight / all * Math.Abs(bin.Predicted - bin.Observed));
    }

    /// <summary>The 95 % interval of a share (Wilson, "Probable inference, the law of succession, and statistical inference", 1927).</summary>
    private static (double Low, double High) Wilson(double share, double rows)
    {
        const double Z = 1.959964;
        var scale = 1 / (1 + Z * Z / rows);
        var centre = scale * (share + Z * Z / (2 * rows));
        var half = scale * Z * Math.Sqrt(share * (1 - share) / rows + Z * Z / (4 * rows * rows));
        return (centre - half, centre + half);
    }
}
