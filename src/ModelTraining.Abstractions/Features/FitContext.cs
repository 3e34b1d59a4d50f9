namespace ModelTraining;

/// <summary>What a run gives to a transform that learns.</summary>
public sealed class FitContext
{
    /// <summary>What is to be predicted, one entry a row of the view that is learned from; null when there is no label.</summary>
    public Target? Target { get; init; }

    /// <summary>How much each row of the view that is learned from counts, not negative; empty, the default, when all count alike.</summary>
    public ReadOnlyMemory<float> Weights { get; init; }

    /// <summary>In what form the trainer wants its features. Default: it handles nothing by itself.</summary>
    public TrainerNeeds Needs { get; init; } = new();

    /// <summary>Where all randomness comes from. Default: seed 0.</summary>
    public SeededRandom Random { get; init; } = new(0);

    /// <summary>How many threads to use at most. Default: the processors of the machine.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Takes a warning for the log and the report. Default: nobody listens.</summary>
    public Action<string> Warn { get; init; } = static _ => { };
}
