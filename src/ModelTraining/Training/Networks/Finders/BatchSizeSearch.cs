namespace ModelTraining;

/// <summary>
/// Tries the batches of a <see cref="BatchSizeFinder"/>, each in a session of its own that is thrown away: one that had smaller batches before would find room in
/// what it keeps of theirs, and take less than the training will.
/// </summary>
/// <param name="graph">What is trained.</param>
/// <param name="settings">How the backend makes it ready.</param>
/// <param name="source">Where batches come from.</param>
/// <param name="rows">The rows to learn from.</param>
/// <param name="validationRows">The rows that are validated with; empty where there is no validation part.</param>
/// <param name="options">How; with a finder.</param>
/// <param name="context">Clock, progress and warnings.</param>
/// <param name="memory">Measures.</param>
internal sealed class BatchSizeSearch(
    TrainingGraph graph, BackendSettings settings, IBatchSource source, int[] rows, int[] validationRows, NetworkOptions options, TrainingContext context, IMemoryMeter memory)
{
    private readonly BatchSizeFinder _finder = options.BatchSizeFinder!;
    private readonly List<BatchSizeTrial> _trials = [];

    private bool Gathers => options.GradientAccumulationSteps > 1;

    /// <exception cref="ModelTrainingException">MT3081: not even the smallest batch keeps within the budget.</exception>
    public FoundBatchSize Run(string entry, CancellationToken cancellationToken)
    {
        var (started, available) = (context.Time.GetTimestamp(), memory.Available());
        var budget = _finder.MemoryBudgetBytes is { } stated ? Math.Min(stated, available) : (long)(_finder.MemoryShare * available);
        var estimate = new MemoryEstimate(graph, settings, Gathers);
        var before = memory.Used();
        foreach (var size in Sizes())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var expected = Expected(size, estimate);
            var peak = expected > budget ? null : Try(size, before);
            _trials.Add(new BatchSizeTrial(size, expected, peak));
            context.Progress?.Report(new TrainingProgress { Stage = "Train", Completed = _trials.Count, Unit = "batch sizes", Elapsed = context.Time.GetElapsedTime(started) });
            if (peak is null || peak > budget) break;
        }

        var fitting = _trials.LastOrDefault(trial => trial.PeakBytes <= budget) ?? throw TooLarge(entry, budget);
        context.Warn($"The BatchSizeFinder of {entry} chose {fitting.BatchSize} rows by the memory of this machine; another may choose otherwise. State 'BatchSize' = {fitting.BatchSize} where the same training is wanted again.");
        return new FoundBatchSize(fitting.BatchSize, budget, [.. _trials]);
    }

    /// <summary>The smallest, twice that, and so on; the last is the largest there may be.</summary>
    private IEnumerable<int> Sizes()
    {
        var most = Math.Min(_finder.MaxBatchSize, rows.Length);
        for (long size = _finder.MinBatchSize; size < most; size *= 2) yield return (int)size;
        yield return most;
    }

    /// <summary>What the last batch took, and as much more as the larger of the shapes' growth and that from the batch before it.</summary>
    private long Expected(int size, MemoryEstimate estimate)
    {
        if (_trials.Count == 0) return estimate.Of(size);
        var last = _trials[^1];
        var growth = estimate.Of(size) - estimate.Of(last.BatchSize);
        if (_trials.Count > 1 && _trials[^2] is var second)
        {
            growth = Math.Max(growth, (long)((double)(last.PeakBytes!.Value - second.PeakBytes!.Value) / (last.BatchSize - second.BatchSize) * (size - last.BatchSize)));
        }

        return last.PeakBytes!.Value + growth;
    }

    /// <summary>
    /// Makes steps with a batch. A runtime keeps the memory of its steps for the next, so what the process holds after some is their peak; the second takes more than the
    /// first where the runtime plans by that. Null where memory is refused.
    /// </summary>
    private long? Try(int size, long before)
    {
        const int Steps = 2;
        try
        {
            using var session = options.Backend.Compile(graph, settings);
            var batch = Batch(rows, size);
            for (var step = 0; step < Steps; step++)
            {
                session.Step(batch, new StepSettings { LearningRate = 0, Share = Gathers ? 1.0 / Steps : 1, Update = step == Steps - 1 || !Gathers });
            }

            if (validationRows.Length > 0) Validate(session, size);
            return Math.Max(memory.Used() - before, 0);
        }
        catch (Exception exception) when (MemoryRefusal.Is(exception))
        {
            return null;
        }
    }

    /// <summary>As <see cref="ValidationScore"/> will.</summary>
    private void Validate(ITrainingSession session, int size)
    {
        for (var count = Math.Min(ValidationScore.BatchSize(size), validationRows.Length); ; count = (count + 1) / 2)
        {
            try
            {
                session.Evaluate(Batch(validationRows, count), []);
                return;
            }
            catch (Exception exception) when (count > (options.RetryOnOutOfMemory ? 1 : size) && MemoryRefusal.Is(exception))
            {
                // The next are half as many.
            }
        }
    }

    private TrainingBatch Batch(int[] from, int size)
    {
        var batch = new TrainingBatch(source.Inputs, size);
        source.Fill(batch, from.AsSpan(0, size));
        return batch;
    }

    private ModelTrainingException TooLarge(string entry, long budget)
    {
        var first = _trials[0];
        var needed = first.PeakBytes is { } peak ? $"takes {ReportNumber.Bytes(peak)}" : $"is expected to take {ReportNumber.Bytes(first.ExpectedBytes)}";
        return new ModelTrainingException(
            "MT3081", $"A batch of {first.BatchSize} rows, the smallest that the BatchSizeFinder of {entry} tries, {needed}, and the budget is {ReportNumber.Bytes(budget)}. Lower 'MinBatchSize' and raise 'GradientAccumulationSteps' instead, raise 'MemoryBudgetBytes' or 'MemoryShare', or make the network smaller.");
    }
}
