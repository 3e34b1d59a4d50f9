namespace ModelTraining;

/// <summary>Several metrics being computed over the same rows. Not thread-safe.</summary>
internal sealed class Measurement
{
    private readonly IReadOnlyList<IMetric> _metrics;
    private readonly int _classCount;
    private readonly EvaluatedRows? _prepared;
    private readonly List<IStatistic> _statistics = [];
    private readonly IMetricState[] _states;

    /// <param name="metrics">What to compute.</param>
    /// <param name="classCount">The number of classes; 0 for regression.</param>
    /// <param name="prepared">Rows to be weighed again and again by <see cref="Weigh"/>; null where batches come.</param>
    public Measurement(IReadOnlyList<IMetric> metrics, int classCount, EvaluatedRows? prepared = null)
    {
        (_metrics, _classCount, _prepared) = (metrics, classCount, prepared);
        _states = [.. metrics.Select(metric => metric is ISharingMetric sharing ? sharing.Start(this) : metric.Start(classCount))];
    }

    /// <summary>The one statistic of its type, begun when it is first asked for; ask before the first batch.</summary>
    public TStatistic Statistic<TStatistic>() where TStatistic : class, IStatistic<TStatistic> =>
        _statistics.OfType<TStatistic>().FirstOrDefault() ?? Begin(TStatistic.Start(_classCount));

    /// <summary>Keeps a statistic up to date that one metric has for itself.</summary>
    /// <returns>The same.</returns>
    public TStatistic Begin<TStatistic>(TStatistic statistic) where TStatistic : class, IStatistic
    {
        if (_prepared is not null) statistic.Prepare(_prepared.Batch());
        _statistics.Add(statistic);
        return statistic;
    }

    public void Update(PredictionBatch batch)
    {
        foreach (var statistic in _statistics) statistic.Update(batch);
        foreach (var state in _states) state.Update(batch);
    }

    /// <summary>Forgets all, and takes the prepared rows in with these weights.</summary>
    public void Weigh(float[] weights)
    {
        foreach (var statistic in _statistics) statistic.Weigh(weights);
        for (var i = 0; i < _states.Length; i++)
        {
            if (_metrics[i] is ISharingMetric) continue;
            _states[i] = _metrics[i].Start(_classCount);
            _states[i].Update(_prepared!.Batch(weights));
        }
    }

    /// <summary>The metrics' values in the order of the metrics.</summary>
    public double[] Compute() => [.. _states.Select(state => state.Compute())];
}
