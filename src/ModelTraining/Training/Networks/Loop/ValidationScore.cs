namespace ModelTraining;

/// <summary>The loss, and the monitored score, of a session's model on rows that it does not learn from, in batches that are halved where they do not fit into memory.</summary>
/// <param name="source">Where batches come from.</param>
/// <param name="rows">The rows.</param>
/// <param name="data">What they are of.</param>
/// <param name="options">What is monitored, how many rows a batch has that is learned from, and whether those, too, are halved.</param>
/// <param name="context">Warns.</param>
internal sealed class ValidationScore(IBatchSource source, int[] rows, TrainingData data, NetworkOptions options, TrainingContext context)
{
    private const int WorthMore = 256, More = 4;

    private readonly IMetric? _metric = options.Monitor == "loss" ? null : Metrics.ByKey(options.Monitor);
    private readonly Dictionary<int, TrainingBatch> _batches = [];
    private int _batchSize = BatchSize(options.BatchSize);

    /// <summary>The rows of the first batch whose loss was no number when there was last asked for it; empty where there was none.</summary>
    public int[] NotFinite { get; private set; } = [];

    /// <summary>The rows of a batch, by those of one that is learned from: without gradients more find room, and small batches take their time.</summary>
    public static int BatchSize(int trained) => Math.Max(trained, (int)Math.Min(WorthMore, (long)More * trained));

    /// <summary>Loss and score; less is better of both.</summary>
    public (double Loss, double Score) Of(ITrainingSession session, CancellationToken cancellationToken)
    {
        var state = _metric?.Start(data.Target.Classes.Count);
        var (sum, weights) = (0.0, 0.0);
        var outputs = new float[_metric is null ? 0 : _batchSize * data.Target.OutputCount];
        NotFinite = [];
        var (targets, counts) = (new float[_batchSize], new float[data.Weights.IsEmpty ? 0 : _batchSize]);
        for (var first = 0; first < rows.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = rows.AsSpan(first, Math.Min(_batchSize, rows.Length - first));
            if (!_batches.TryGetValue(part.Length, out var batch)) _batches[part.Length] = batch = new TrainingBatch(source.Inputs, part.Length);
            source.Fill(batch, part);
            var given = outputs.AsSpan(0, _metric is null ? 0 : part.Length * data.Target.OutputCount);
            double loss;
            try
            {
                loss = session.Evaluate(batch, given);
            }
            catch (Exception exception) when (part.Length > (options.RetryOnOutOfMemory ? 1 : options.BatchSize) && MemoryRefusal.Is(exception))
            {
                _batches.Remove(part.Length);
                _batchSize = (part.Length + 1) / 2;
                context.Warn($"{part.Length} rows of the validation part do not fit into memory at a time: it is gone through {_batchSize} rows at a time.");
                continue;
            }

            first += part.Length;
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
