namespace ModelTraining;

/// <summary>What the finders of a training found, and it goes by.</summary>
/// <param name="BatchSize">Null where none was looked for.</param>
/// <param name="LearningRate">Null where none was looked for.</param>
internal sealed record FoundSettings(FoundBatchSize? BatchSize, FoundLearningRate? LearningRate)
{
    /// <summary>The options with what was found.</summary>
    public NetworkOptions In(NetworkOptions options) => options with
    {
        BatchSize = BatchSize?.BatchSize ?? options.BatchSize,
        LearningRate = LearningRate?.LearningRate ?? options.LearningRate,
    };
}
