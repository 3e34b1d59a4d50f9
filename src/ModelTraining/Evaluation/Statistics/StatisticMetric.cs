namespace ModelTraining;

/// <summary>
/// A metric that is a function of a statistic. Metrics of one <see cref="Measurement"/> share the statistic, so that rows are counted once and
/// scores are sorted once however many metrics are asked for; on its own such a metric has a statistic of its own.
/// </summary>
internal abstract class StatisticMetric<TStatistic>(string key, string name, MetricDirection direction) : ISharingMetric
    where TStatistic : class, IStatistic<TStatistic>
{
    public string Key => key;

    public string Name => name;

    public MetricDirection Direction => direction;

    public abstract bool Supports(LearningTask task);

    public IMetricState Start(int classCount) => new State(this, TStatistic.Start(classCount), updates: true);

    public IMetricState Start(Measurement measurement) => new State(this, measurement.Statistic<TStatistic>(), updates: false);

    public override string ToString() => key;

    /// <summary>The metric of counts that were made elsewhere.</summary>
    public double Of(TStatistic statistic) => Compute(statistic);

    protected abstract double Compute(TStatistic statistic);

    private sealed class State(StatisticMetric<TStatistic> metric, TStatistic statistic, bool updates) : IMetricState
    {
        public void Update(PredictionBatch batch)
        {
            if (updates) statistic.Update(batch);
        }

        public double Compute() => metric.Compute(statistic);
    }
}
