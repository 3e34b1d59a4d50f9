namespace ModelTraining;

/// <summary>The loss, and the monitored score, of a session's model on rows that it does not learn from.</summary>
internal sealed class ValidationScore(IBatchSource source, int[] rows, int batchSize, TrainingData data, string monitor)
{
    /// <summary>Without gradients more rows find room.</summary>
    public const int LeastBatchSize = 256;

    private readonly IMetric? _metric = monitor == "loss" ? null : Metrics.ByKey(monitor);
    private readonly Dictionary<int, TrainingBatch> _batches = [];

    /// <summary>The rows of the first batch whose loss was no number when there was last asked for it; empty where there was none.</summary>
    public int[] NotFinite { get; private set; } = [];

    /// <summary>Loss and score; less is better of both.</summary>
    public (double Loss, double Score) Of(ITrainingSession session, CancellationToken cancellationToken)
    {
        var state = _metric?.Start(data.Target.Classes.Count);
        var (sum, weights) = (0.0, 0.0);
        var outputs = new float[_metric is null ? 0 : batchSize * data.Target.OutputCount];
        NotFinite = [];
        var (targets, counts) = (new float[batchSize], new float[data.Weights.IsEmpty ? 0 : batchSize]);
        for (var first = 0; first < rows.Length; first += batchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = rows.AsSpan(first, Math.Min(batchSize, rows.Length - first));
            if (!_batches.TryGetValue(part.Length, out var batch)) _batches[part.Length] = batch = new TrainingBatch(source.Inputs, part.Length);
            source.Fill(batch, part);
            var given = outputs.AsSpan(0, _metric is null ? 0 : part.Length * data.Target.OutputCount);
            var loss = session.Evaluate(batch, given);
            var weight = source.Weight(part);
            if (weight > 0 && double.IsNaN(loss) && NotFinite.Length == 0) NotFinite = part.ToArray();
            if (weight > 0) (sum, weights) = (sum + (loss * weight), weights + weight);
            if (state is null) continue;
            for (var i = 0; i < part.Length; i++) targets[i] = data.Target.Values[part[i]];
            for (var i = 0; counts.Length > 0 && i < part.Length; i++) counts[i] = data.Weights[part[i]];
            state.Update(new PredictionBatch(targets.AsSpan(0, part.Length), given, counts.AsSpan(0, counts.Length > 0 ? part.Length : 0)));
        }

        var mean = sum / weights;
        if (state is null) return (mean, mean);
        var score = state.Compute();
        return (mean, _metric!.Direction == MetricDirection.HigherIsBetter ? -score : score);
    }
}
