namespace ModelTraining;

/// <summary>Compares two evaluations of the same rows.</summary>
internal static class RunComparer
{
    /// <exception cref="ModelTrainingException">MT2340: they predict different things. MT2341: the rows differ.</exception>
    public static RunComparison Compare(PipelineRun run, PipelineRun other)
    {
        var (a, b) = (run.Evaluation, other.Evaluation);
        if (run.Target.Column != other.Target.Column || run.Target.Task != other.Target.Task || !run.Target.Classes.SequenceEqual(other.Target.Classes))
        {
            throw new ModelTrainingException("MT2340", $"One run predicts {What(run.Target)}, the other {What(other.Target)}. Compare runs of one label.");
        }

        var (rows, others) = (a.Rows!, b.Rows!);
        CheckRows(a, b);
        var metrics = a.ComputedMetrics.Where(metric => b.Metrics.ContainsKey(metric.Key)).ToList();
        var resamples = Math.Max(a.Resamples, b.Resamples);
        if (resamples == 0) resamples = new EvaluateOptions().ResamplesOf(rows.Count, rows.ClassCount);
        var (values, otherValues) = (Bootstrap.Resample(metrics, rows, resamples, a.Threads), Bootstrap.Resample(metrics, others, resamples, a.Threads));
        var differences = metrics.Select((metric, i) => new MetricDifference(
            metric.Key, metric.Direction, a[metric.Key], b[metric.Key], Bootstrap.Interval([.. values[i].Zip(otherValues[i], (value, otherValue) => value - otherValue)]))
        {
            Secondary = Metrics.IsSecondary(metric, run.Target.Task),
        });
        var (name, otherName) = (run.Model.Trainer, other.Model.Trainer);
        if (name == otherName) (name, otherName) = (name + " (this)", otherName + " (other)");
        return new RunComparison(name, otherName, run.Target.Column, rows.Count, [.. differences], Tests(rows, others));
    }

    private static IReadOnlyList<ComparisonTest> Tests(EvaluatedRows rows, EvaluatedRows others)
    {
        if (rows.Weights.Length > 0) return [];
        return rows.ClassCount switch
        {
            0 => [PairedErrorTests.Student(rows, others), PairedErrorTests.Wilcoxon(rows, others)],
            2 => [DeLongTest.Compare(rows, others), McNemarTest.Compare(rows, others)],
            _ => [McNemarTest.Compare(rows, others)],
        };
    }

    private static void CheckRows(Evaluation a, Evaluation b)
    {
        if (a.Origins.AsSpan().SequenceEqual(b.Origins) && a.Rows!.Targets.AsSpan().SequenceEqual(b.Rows!.Targets) && a.Rows.Weights.AsSpan().SequenceEqual(b.Rows.Weights)) return;
        var common = a.Origins.Intersect(b.Origins).Count();
        var found = common == a.RowCount && common == b.RowCount ? "labels or weights of the same test rows differ" : $"of {a.RowCount} and {b.RowCount} test rows, {common} are the same";
        throw new ModelTrainingException("MT2341", $"The runs were not evaluated on the same rows: {found}. Run both from the same source, with the same cleaning, split and seed.");
    }

    private static string What(Target target) => target.Task == LearningTask.Regression ? $"the number '{target.Column}'" : $"'{target.Column}' ({string.Join(", ", target.Classes.Take(5))}{(target.Classes.Count > 5 ? ", …" : "")})";
}
