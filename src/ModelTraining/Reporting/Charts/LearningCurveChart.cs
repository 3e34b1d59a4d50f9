namespace ModelTraining;

/// <summary>The score on the training and the validation part after each step, with the step that the model is from.</summary>
internal static class LearningCurveChart
{
    public static void Write(Markup html, TrainingHistory history)
    {
        var steps = Math.Max(history.Training.Count, history.Validation.Count);
        if (steps == 0) return;
        var judged = history.Validation.Count > 0 ? history.Validation : history.Training;
        var part = history.Validation.Count > 0 ? "validation" : "training";
        var best = history.BestStep >= 1 && history.BestStep <= judged.Count ? judged[history.BestStep - 1] : double.NaN;
        var description = $"The model is that of step {ReportNumber.Count(history.BestStep)} of {ReportNumber.Count(steps)} ({history.Unit}), with a {part} {history.Metric} of {ReportNumber.Short(best)}.";
        var canvas = new ChartCanvas("Learning curve", description, Axis.Steps(history.Unit, steps), Axis.Over(history.Metric, history.Training.Concat(history.Validation)));
        canvas.Line(Thinning.Curve(history.Validation), 0, "validation");
        canvas.Line(Thinning.Curve(history.Training), 1, "training");
        canvas.Mark(new ChartPoint(history.BestStep, best), $"step {ReportNumber.Count(history.BestStep)}");
        canvas.WriteTo(html);
    }
}
