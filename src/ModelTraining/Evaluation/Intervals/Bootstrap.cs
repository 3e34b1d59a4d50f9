namespace ModelTraining;

/// <summary>
/// What metrics would have been had other rows been drawn: rows are drawn again, with repetition, as often as there are rows (Efron, "Bootstrap methods:
/// another look at the jackknife", 1979). A resample is a list of weights, nothing is copied; each has random numbers of its own, so that neither the number
/// of threads nor the metrics that are asked for change it, and two models on the same rows meet the same resamples.
/// </summary>
internal static class Bootstrap
{
    private const ulong Seed = 0x6274737472617021;
    private const double Outside = 0.025;
    private const double MostUndefined = 0.05;

    /// <returns>[metrics][resamples].</returns>
    public static double[][] Resample(IReadOnlyList<IMetric> metrics, EvaluatedRows rows, int resamples, int threads)
    {
        var values = new double[metrics.Count][];
        for (var i = 0; i < values.Length; i++) values[i] = new double[resamples];
        var draw = new RowDraw(rows);
        var parts = Math.Clamp(threads, 1, resamples);
        ColumnLoop.Run(parts, threads, part =>
        {
            var measurement = new Measurement(metrics, rows.ClassCount, rows);
            var weights = new float[rows.Count];
            for (var resample = (int)((long)part * resamples / parts); resample < (long)(part + 1) * resamples / parts; resample++)
            {
                draw.Fill(weights, new SeededRandom(Seed + (ulong)resample));
                measurement.Weigh(weights);
                var computed = measurement.Compute();
                for (var i = 0; i < computed.Length; i++) values[i][resample] = computed[i];
            }
        });
        return values;
    }

    /// <summary>The middle 95 % of the values; NaN when more than a twentieth of them is not defined.</summary>
    public static MetricInterval Interval(double[] values)
    {
        var defined = Array.FindAll(values, value => !double.IsNaN(value));
        if (defined.Length == 0 || defined.Length < (1 - MostUndefined) * values.Length) return new MetricInterval(double.NaN, double.NaN);
        Array.Sort(defined);
        return new MetricInterval(Quantile(defined, Outside), Quantile(defined, 1 - Outside));
    }

    private static double Quantile(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        if (position == below || sorted[below] == sorted[below + 1]) return sorted[below]; // between two infinities there is no number
        return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }
}
