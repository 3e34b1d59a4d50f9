namespace ModelTraining;

/// <summary>A metric that is the mean of a figure that each row has by itself, by weight.</summary>
internal abstract class RowMeanMetric(string key, string name) : ISharingMetric
{
    public string Key => key;

    public string Name => name;

    public MetricDirection Direction => MetricDirection.LowerIsBetter;

    public abstract bool Supports(LearningTask task);

    public IMetricState Start(int classCount) => new State(new RowMean(Of), updates: true);

    public IMetricState Start(Measurement measurement) => new State(measurement.Begin(new RowMean(Of)), updates: false);

    public override string ToString() => key;

    /// <summary>The figure of one row.</summary>
    protected abstract double Of(PredictionBatch batch, int row);

    private sealed class State(RowMean mean, bool updates) : IMetricState
    {
        public void Update(PredictionBatch batch)
        {
            if (updates) mean.Update(batch);
        }

        public double Compute() => mean.Value;
    }
}
