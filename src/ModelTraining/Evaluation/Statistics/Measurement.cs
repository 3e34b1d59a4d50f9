namespace ModelTraining;

/// <summary>Several metrics being computed over the same rows. Not thread-safe.</summary>
internal sealed class Measurement
{
    private readonly int _classCount;
    private readonly List<IStatistic> _statistics = [];
    private readonly IMetricState[] _states;

    /// <param name="metrics">What to compute.</param>
    /// <param name="classCount">The number of classes; 0 for regression.</param>
    public Measurement(IReadOnlyList<IMetric> metrics, int classCount)
    {
        _classCount = classCount;
        _states = [.. metrics.Select(metric => metric is ISharingMetric sharing ? sharing.Start(this) : metric.Start(classCount))];
    }

    /// <summary>The one statistic of its type, begun when it is first asked for; ask before the first batch.</summary>
    public TStatistic Statistic<TStatistic>() where TStatistic : class, IStatistic<TStatistic>
    {
        if (_statistics.OfType<TStatistic>().FirstOrDefault() is { } known) return known;
        var statistic = TStatistic.Start(_classCount);
        _statistics.Add(statistic);
        return statistic;
    }

    public void Update(PredictionBatch batch)
    {
        foreach (var statistic in _statistics) statistic.Update(batch);
        foreach (var state in _states) state.Update(batch);
    }

    /// <summary>The metrics' values in the order of the metrics.</summary>
    public double[] Compute() => [.. _states.Select(state => state.Compute())];
}
