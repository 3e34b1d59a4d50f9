namespace ModelTraining;

/// <summary>A run as it begins.</summary>
public sealed record RunStart
{
    /// <summary>What the run is called: what <c>WithName</c> said, else where its rows come from. Many runs may have the same.</summary>
    public required string Name { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>
    /// Source, stages, seed, threads, trainer, and every option of every stage as it holds, in words: <c>Train.LearningRate</c> is <c>0.1</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}
