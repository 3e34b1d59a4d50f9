namespace ModelTraining;

/// <summary>What a run gives to a <see cref="BalanceMethod"/>.</summary>
internal sealed class BalanceContext
{
    /// <summary>Where all its randomness comes from.</summary>
    public required SeededRandom Random { get; init; }

    /// <summary>How many threads to use at most. The result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>How the features came about, by which distances are measured.</summary>
    public required FittedFeatures Features { get; init; }

    /// <summary>Told how many of all rows have been compared.</summary>
    public Action<long, long> Progress { get; init; } = static (_, _) => { };

    public CancellationToken CancellationToken { get; init; }
}
