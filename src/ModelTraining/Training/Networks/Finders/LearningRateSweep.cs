namespace ModelTraining;

/// <summary>Makes the updates of a <see cref="LearningRateFinder"/> and takes them back.</summary>
/// <param name="session">What is trained.</param>
/// <param name="source">Where batches come from.</param>
/// <param name="rows">The rows to learn from.</param>
/// <param name="options">How; with a finder.</param>
/// <param name="context">Seed and progress.</param>
internal sealed class LearningRateSweep(ITrainingSession session, IBatchSource source, int[] rows, NetworkOptions options, TrainingContext context)
{
    private readonly LearningRateFinder _finder = options.LearningRateFinder!;
    private readonly SeededRandom _order = context.Random.Fork("learning rates");
    private readonly ulong _noise = context.Random.Fork("learning rates, dropout").NextBits();
    private readonly TrainingBatch _batch = new(source.Inputs, Math.Min(options.BatchSize, rows.Length));
    private readonly int[] _rows = [.. rows];
    private int _next = int.MaxValue;

    /// <exception cref="ModelTrainingException">MT3080: the loss falls at no rate. MT3082: it is not finite before any update.</exception>
    public FoundLearningRate Run(string entry, CancellationToken cancellationToken)
    {
        var started = context.Time.GetTimestamp();
        var before = session.CopyAll();
        int[][][] updates = [.. Enumerable.Range(0, _finder.Steps).Select(_ => Enumerable.Range(0, options.GradientAccumulationSteps).Select(_ => Next()).ToArray())];

        // Some rows are harder than others: what a batch loses by its own under the first weights is told apart from what the rate does.
        var own = new double[updates.Length];
        foreach (var (i, update) in updates.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            own[i] = Update(update, i, 0) ?? throw new ModelTrainingException(
                "MT3082", $"The LearningRateFinder of {entry} met a loss or gradient that is not finite under the first weights. Leave the finder out: the training then names the rows and the node.");
            Tell(i + 1, started);
        }

        session.WriteAll(before);
        var level = own.Average();
        var curve = new LearningRateCurve(level, updates.Length, _finder.StopFactor);
        foreach (var (i, update) in updates.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rate = _finder.MinLearningRate * Math.Pow(_finder.MaxLearningRate / _finder.MinLearningRate, i / (_finder.Steps - 1.0));
            curve.Add(rate, Update(update, i, rate) - own[i] + level);
            Tell(updates.Length + i + 1, started);
            if (curve.Diverged) break;
        }

        session.WriteAll(before);
        return curve.Find() ?? throw Nowhere(entry, curve.Count);
    }

    /// <summary>The loss of an update, before it; null where that or a gradient is not finite.</summary>
    private double? Update(int[][] batches, int number, double rate)
    {
        var whole = batches.Sum(batch => source.Weight(batch));
        var (sum, skipped) = (0.0, false);
        do
        {
            sum = 0;
            foreach (var (i, rowsOfBatch) in batches.Index())
            {
                var weight = source.Weight(rowsOfBatch);
                var updates = i == batches.Length - 1;
                source.Fill(_batch, rowsOfBatch);
                var result = session.Step(_batch, new StepSettings
                {
                    LearningRate = rate,
                    WeightDecay = options.WeightDecay,
                    MaxGradNorm = options.MaxGradNorm,
                    Share = weight / whole,
                    Update = updates,
                    NoiseSeed = _noise + ((ulong)((number * batches.Length) + i) * 0xD1B54A32D192ED03UL),
                });
                skipped = result.Skipped;
                if (!double.IsFinite(result.Loss) || (updates && !skipped && !double.IsFinite(result.GradNorm))) return null;
                sum += weight * result.Loss;
            }
        }
        while (skipped); // Again, with the smaller loss scale that the backend went on to.

        return sum / whole;
    }

    /// <summary>Rows of a full batch that count; when they run out, all of them again in another order.</summary>
    private int[] Next()
    {
        while (true)
        {
            if (_next > _rows.Length - _batch.Rows)
            {
                _order.Shuffle(_rows.AsSpan());
                _next = 0;
            }

            var batch = _rows[_next..(_next + _batch.Rows)];
            _next += _batch.Rows;
            if (source.Weight(batch) > 0) return batch;
        }
    }

    private ModelTrainingException Nowhere(string entry, int steps) => new(
        "MT3080", FormattableString.Invariant($"The LearningRateFinder of {entry} saw the loss fall at no rate from {_finder.MinLearningRate} to {_finder.MaxLearningRate}, in {steps} updates. Widen its range, give it more 'Steps', or state 'LearningRate'."));

    private void Tell(int done, long started) => context.Progress?.Report(new TrainingProgress
    {
        Stage = "Train",
        Completed = done,
        Total = 2 * _finder.Steps,
        Unit = "learning rates",
        Elapsed = context.Time.GetElapsedTime(started),
    });
}
