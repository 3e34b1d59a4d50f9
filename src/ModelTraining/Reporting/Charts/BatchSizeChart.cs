namespace ModelTraining;

/// <summary>The memory of each batch size that was looked at, with the budget.</summary>
internal static class BatchSizeChart
{
    private const double MiB = 1024 * 1024;

    public static void Write(Markup html, FoundBatchSize found)
    {
        var sizes = Axis.Powers("rows of a batch", [.. found.Trials.Select(trial => (double)trial.BatchSize)], 2);
        var shown = found.Trials.SelectMany(trial => new[] { trial.ExpectedBytes, trial.PeakBytes ?? 0 }).Append(0).Select(bytes => bytes / MiB).ToList();
        var showsBudget = found.BudgetBytes / MiB <= 4 * shown.Max();
        var bytes = Axis.Over("MiB", showsBudget ? shown.Append(found.BudgetBytes / MiB) : shown);
        var canvas = new ChartCanvas("Memory of batch sizes", Description(found), sizes, bytes);
        canvas.Line(found.Trials.Select(trial => new ChartPoint(trial.BatchSize, trial.PeakBytes / MiB ?? double.NaN)), 0, "taken");
        canvas.Line(found.Trials.Select(trial => new ChartPoint(trial.BatchSize, trial.ExpectedBytes / MiB)), 1, "expected");
        if (showsBudget) canvas.Reference(new ChartPoint(found.Trials[0].BatchSize, found.BudgetBytes / MiB), new ChartPoint(found.Trials[^1].BatchSize, found.BudgetBytes / MiB), "budget");
        var chosen = found.Trials.First(trial => trial.BatchSize == found.BatchSize);
        canvas.Mark(new ChartPoint(chosen.BatchSize, (chosen.PeakBytes ?? 0) / MiB), ReportNumber.Count(chosen.BatchSize, "row"));
        canvas.WriteTo(html);
    }

    private static string Description(FoundBatchSize found) =>
        $"Before the training, batches that double were tried within a budget of {ReportNumber.Bytes(found.BudgetBytes)}. Trained with are {ReportNumber.Count(found.BatchSize, "row")}, whose steps took {ReportNumber.Bytes(found.Trials.First(trial => trial.BatchSize == found.BatchSize).PeakBytes ?? 0)}. Another machine may choose otherwise.";
}
