namespace ModelTraining;

/// <summary>Measures the model slice by slice.</summary>
internal static class Slicer
{
    /// <returns>The slices that have enough rows, the one with the worst primary metric first; how many had too few.</returns>
    public static (IReadOnlyList<EvaluationSlice> Slices, int TooSmall) Slice(EvaluateOptions options, IReadOnlyList<IMetric> metrics, EvaluatedRows rows, EvaluatedSource source, int threads)
    {
        var slices = new List<EvaluationSlice>();
        var tooSmall = 0;
        foreach (var name in options.Slices)
        {
            var (column, positionsInColumn) = source.Column(name);
            foreach (var (value, positions) in ColumnSlices.Of(column, positionsInColumn))
            {
                if (positions.Length < options.MinSliceRows) tooSmall++;
                else slices.Add(Measure(name, value, rows.Take(positions)));
            }
        }

        var key = metrics[0].Key;
        var sign = metrics[0].Direction == MetricDirection.HigherIsBetter ? 1 : -1;
        return ([.. slices.OrderBy(slice => double.IsNaN(slice.Metrics[key])).ThenBy(slice => sign * slice.Metrics[key])], tooSmall);

        EvaluationSlice Measure(string column, string value, EvaluatedRows taken)
        {
            var measurement = new Measurement(metrics, rows.ClassCount);
            measurement.Update(taken.Batch());
            var byKey = new OrderedDictionary<string, double>(metrics.Zip(measurement.Compute(), (metric, computed) => KeyValuePair.Create(metric.Key, computed)));
            return new EvaluationSlice(column, value, taken.Count, byKey, () => Interval(options, metrics[0], taken, threads));
        }
    }

    private static MetricInterval? Interval(EvaluateOptions options, IMetric metric, EvaluatedRows rows, int threads)
    {
        var resamples = options.ResamplesOf(rows.Count, rows.ClassCount);
        return resamples == 0 ? null : Bootstrap.Interval(Bootstrap.Resample([metric], rows, resamples, threads)[0]);
    }
}
