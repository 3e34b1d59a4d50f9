namespace ModelTraining;

/// <summary>How a model is evaluated.</summary>
public sealed record EvaluateOptions
{
    private const int FewestResamples = 200, MostResamples = 1000;
    private const long AffordableDraws = 20_000_000;

    /// <summary>Metrics to compute beside those of <see cref="Metrics.For"/>, which are always computed. Default none.</summary>
    public IReadOnlyList<IMetric> Metrics { get; init; } = [];

    /// <summary>
    /// How often the test rows are drawn anew for the 95 % intervals of the metrics: 0 for no intervals, otherwise from 100 to 100,000. Default null: 1000 up to 20,000
    /// rows, where it takes a second at most on two processors, then as many fewer as there are more rows or classes, at least 200. The time is spent once the intervals are first asked for.
    /// </summary>
    public int? Bootstrap { get; init; }

    /// <summary>
    /// Columns of the source, or of functions (<see cref="Feature.Of(string, Func{FeatureRow, double})"/>), by whose values the test rows are sliced, features or not, for example ["sex", "age"]: each value where there are at most ten, or text;
    /// otherwise numbers and dates by quarters of the test rows. <see cref="Evaluation.Slices"/> has how good the model is on each. Default none.
    /// </summary>
    public IReadOnlyList<string> Slices { get; init; } = [];

    /// <summary>The fewest test rows that a slice is listed with; of fewer, a metric says little. Default 20.</summary>
    public int MinSliceRows { get; init; } = 20;

    internal IEnumerable<Problem> Validate()
    {
        if (Slices is null) yield return new Problem("MT1329", "The 'Slices' option of Evaluate is null. Leave it out, or name columns.");
        else if (Slices.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice) yield return new Problem("MT1329", $"The 'Slices' option of Evaluate names column '{twice.Key}' twice. Name it once.");
        if (MinSliceRows < 1) yield return new Problem("MT1330", $"The 'MinSliceRows' option of Evaluate must be at least 1. Got {MinSliceRows}.");
        if (Bootstrap is not (null or 0 or >= 100 and <= 100_000)) yield return new Problem("MT1321", $"The 'Bootstrap' option of Evaluate must be 0, or from 100 to 100000. Got {Bootstrap}.");
        if (Metrics is null)
        {
            yield return new Problem("MT1301", "The 'Metrics' option of Evaluate is null. Leave it out, or list metrics.");
            yield break;
        }

        var known = ModelTraining.Metrics.All.ToDictionary(metric => metric.Key);
        for (var i = 0; i < Metrics.Count; i++)
        {
            var metric = Metrics[i];
            if (string.IsNullOrWhiteSpace(metric?.Key))
            {
                var found = metric is null ? "is null" : "has no key";
                yield return new Problem("MT1301", $"Entry {i} of the 'Metrics' option of Evaluate {found}. Give a metric with a key of its own.");
            }
            else if (!known.TryAdd(metric.Key, metric) && !ReferenceEquals(known[metric.Key], metric))
            {
                yield return new Problem("MT1301", $"Two metrics of Evaluate have the key '{metric.Key}'. Give the one in 'Metrics' a key of its own.");
            }
        }
    }

    /// <summary>What does not fit the columns of the source.</summary>
    internal IEnumerable<Problem> Validate(Schema schema)
    {
        foreach (var name in Slices)
        {
            if (name is null || !schema.TryGet(name, out var column)) yield return new Problem("MT1329", $"The 'Slices' option of Evaluate names a column '{name}', which the source has not. {NearestNames.Sentence(name ?? "", schema.Select(known => known.Name))}");
            else if (column.Type == ColumnType.Tensor) yield return new Problem("MT1329", $"The 'Slices' option of Evaluate names column '{name}' of tensors, which have no values to slice by. Name another.");
        }
    }

    /// <summary>What is wrong with the options for a task that is known by now.</summary>
    internal IEnumerable<Problem> Validate(LearningTask task) =>
        from metric in Metrics
        where !metric.Supports(task)
        select new Problem("MT1302", $"Metric '{metric.Key}' is not defined for {task}. Remove it from the 'Metrics' option of Evaluate.");

    /// <summary>How many resamples there are of so many rows and classes.</summary>
    internal int ResamplesOf(int rows, int classCount) => Bootstrap ?? (int)Math.Clamp(AffordableDraws / Math.Max(1, (long)rows * Math.Max(1, classCount / 2)), FewestResamples, MostResamples);

    /// <summary>All metrics to compute, in their order.</summary>
    internal IReadOnlyList<IMetric> MetricsFor(LearningTask task) => [.. ModelTraining.Metrics.For(task).Union(Metrics)];
}
