namespace ModelTraining;

/// <summary>How far a run is. Immutable.</summary>
public sealed record TrainingProgress
{
    /// <summary>What is being done: Read, Clean, Split, Train, Evaluate, Export. Of CrossValidate the units are folds, with the time left for all of them.</summary>
    public required string Stage { get; init; }

    /// <summary>The position of the stage in the run, from 1; 0 when a trainer runs on its own.</summary>
    public int StageNumber { get; init; }

    /// <summary>The number of stages in the run; 0 when a trainer runs on its own.</summary>
    public int StageCount { get; init; }

    /// <summary>The fold of a cross-validation that the stage is at work for, from 1, over all repeats; 0 elsewhere. Several folds may be worked on at a time.</summary>
    public int Fold { get; init; }

    /// <summary>The number of folds, over all repeats; 0 where <see cref="Fold"/> is.</summary>
    public int FoldCount { get; init; }

    /// <summary>The units that are done in this stage.</summary>
    public long Completed { get; init; }

    /// <summary>All units of this stage at most (early stopping may need fewer); null when not known.</summary>
    public long? Total { get; init; }

    /// <summary>What is counted: percent, trees, epochs, batches.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What is at work, in a few words, for example "trial 7, LightGbm". Default empty: the counts say all.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The key of the metric that <see cref="TrainingScore"/> and <see cref="ValidationScore"/> are of, for example log_loss.</summary>
    public string? Metric { get; init; }

    /// <summary>The metric on the training part.</summary>
    public double? TrainingScore { get; init; }

    /// <summary>The metric on the validation part.</summary>
    public double? ValidationScore { get; init; }

    /// <summary>The memory that training takes, and the most it took: of the GPU that it runs on, or of the process. Null where it is not watched.</summary>
    public MemoryUse? Memory { get; init; }

    /// <summary>The time spent in this stage.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The time that this stage may take, by when it ends with what it has; null when there is no such limit.</summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>
    /// The estimated time left in this stage if it goes through all units at the pace so far, or what is left of <see cref="TimeBudget"/> where that is less; null when
    /// nothing can be said yet.
    /// </summary>
    public TimeSpan? Remaining
    {
        get
        {
            TimeSpan? atThisPace = Total is { } total && Completed > 0 && total >= Completed ? TimeSpan.FromTicks((long)(Elapsed.Ticks * ((double)(total - Completed) / Completed))) : null;
            if (TimeBudget is not { } budget) return atThisPace;
            var left = budget > Elapsed ? budget - Elapsed : TimeSpan.Zero;
            return atThisPace < left ? atThisPace : left;
        }
    }
}
