namespace ModelTraining;

/// <summary>How a <see cref="Predictor"/> works.</summary>
public sealed record PredictorOptions
{
    /// <summary>How many threads the rows of a table are spread over at most; the result does not depend on it. A single row is predicted on the caller's thread. Default: the processors of the machine.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How many rows go through the model at once, which bounds the memory that a table of any size takes. Default 4096.</summary>
    public int BatchSize { get; init; } = 4096;

    internal IEnumerable<Problem> Validate()
    {
        if (Threads < 1) yield return new Problem("MT1501", $"The 'Threads' option of Predictor must be at least 1. Got {Threads}.");
        if (BatchSize < 1) yield return new Problem("MT1502", $"The 'BatchSize' option of Predictor must be at least 1. Got {BatchSize}.");
    }
}
