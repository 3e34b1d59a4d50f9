namespace ModelTraining;

/// <summary>
/// Looks for the largest batch within a memory budget before the training: steps are tried with batches that double, and only where the budget is expected to hold, by an
/// estimate from the shapes of the network and by what smaller batches took. Trained with is the largest that kept within it. That depends on the machine and on what else
/// runs there, which a warning says; what was found is kept in checkpoints, so that a resumed training goes on with the same, on the model
/// (<see cref="NetworkModel.FoundBatchSize"/>) and in the report. The memory is that of the GPU where the backend trains on one.
/// </summary>
public sealed record BatchSizeFinder
{
    /// <summary>The rows of the smallest batch that is tried. Default 8.</summary>
    public int MinBatchSize { get; init; } = 8;

    /// <summary>The rows of the largest batch that is tried; there are never more than training rows. Default 512: larger batches make fewer updates of an epoch, and seldom a better network.</summary>
    public int MaxBatchSize { get; init; } = 512;

    /// <summary>The bytes that training may take beside what is taken before, as far as the machine, or the GPU, has them. Default null: <see cref="MemoryShare"/>.</summary>
    public long? MemoryBudgetBytes { get; init; }

    /// <summary>The share of the available memory that training may take, in (0, 1], where no budget is given in bytes. Default 0.5.</summary>
    public double MemoryShare { get; init; } = 0.5;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{MinBatchSize} to {MaxBatchSize} rows within {(MemoryBudgetBytes is { } bytes ? $"{bytes} bytes" : FormattableString.Invariant($"{MemoryShare} of the available memory"))}");

    internal IEnumerable<Problem> Validate(string entry)
    {
        if (MinBatchSize < 1 || MaxBatchSize < MinBatchSize)
        {
            yield return new Problem("MT1773", FormattableString.Invariant($"The BatchSizeFinder of {entry} must go from a 'MinBatchSize' of at least 1 to a 'MaxBatchSize' that is no smaller. Got {MinBatchSize} and {MaxBatchSize}."));
        }

        if (MemoryBudgetBytes is < 1) yield return new Problem("MT1774", FormattableString.Invariant($"The 'MemoryBudgetBytes' of the BatchSizeFinder of {entry} must be at least 1. Got {MemoryBudgetBytes}."));
        if (!(MemoryShare > 0 && MemoryShare <= 1)) yield return new Problem("MT1774", FormattableString.Invariant($"The 'MemoryShare' of the BatchSizeFinder of {entry} must be in (0, 1]. Got {MemoryShare}."));
    }
}
