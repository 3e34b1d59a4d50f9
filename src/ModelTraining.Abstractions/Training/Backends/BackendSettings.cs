namespace ModelTraining;

/// <summary>How a backend makes a graph ready to train.</summary>
public sealed record BackendSettings
{
    /// <summary>How weights follow their gradients. Default: <see cref="AdamW"/>.</summary>
    public Optimizer Optimizer { get; init; } = new AdamW();

    /// <summary>How many threads to use at most. Default: the processors of the machine.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether a running average of the weights is kept. Default false.</summary>
    public bool KeepsAverage { get; init; }
}
