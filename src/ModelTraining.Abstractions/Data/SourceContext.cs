namespace ModelTraining;

/// <summary>What a source may tell while it reads. Safe to use from many threads.</summary>
public sealed class SourceContext
{
    private readonly Lock _lock = new();
    private readonly List<string> _repairs = [];

    /// <summary>Called now and then with the share that is read, in [0, 1]; null when nobody listens.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Where randomness comes from, for a source that draws rows. Default: seed 0.</summary>
    public SeededRandom Random { get; init; } = new(0);

    /// <summary>
    /// How many bytes the rows may take; a source that would need more is to say so early. Default: half of what the process may use (the machine's memory, or
    /// what its container has), as cleaning, features and training need about as much again.
    /// </summary>
    public long MemoryLimitBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>Where rows go that are more than <see cref="MemoryLimitBytes"/>; null where that is an error.</summary>
    internal SpillStore? Spill { get; init; }

    /// <summary>Why <see cref="Spill"/> would be of no use: the trainer that holds all rows in memory; null when none does.</summary>
    internal string? HeldInMemoryBy { get; init; }

    /// <summary>What was not as it should be and how it was read nevertheless, in the order reported.</summary>
    public IReadOnlyList<string> Repairs
    {
        get
        {
            lock (_lock) return [.. _repairs];
        }
    }

    /// <summary>States a repair: what was found, where, how often, and what was done about it.</summary>
    public void Repaired(string what)
    {
        lock (_lock) _repairs.Add(what);
    }
}
