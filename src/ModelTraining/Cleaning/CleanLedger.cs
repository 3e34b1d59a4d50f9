namespace ModelTraining;

/// <summary>
/// What one run's cleaning found so far. Steps that are fitted after the split add to it when they are, which may be more than once; each step's findings replace
/// its earlier ones. Safe to use from many threads.
/// </summary>
internal sealed class CleanLedger
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<CleanStep, IReadOnlyList<CleanFinding>> _findings = [];

    public int RowsBefore { get; init; }

    public int RowsAfter { get; set; }

    public IReadOnlyList<CleanFinding> Findings
    {
        get
        {
            lock (_lock) return [.. _findings.Values.SelectMany(findings => findings)];
        }
    }

    /// <summary>States what the step <paramref name="step"/> found, all of it, and passes its warnings on.</summary>
    public void Set(CleanStep step, IEnumerable<CleanFinding> findings, Action<string> warn)
    {
        List<CleanFinding> all = [.. findings];
        lock (_lock) _findings[step] = all;
        foreach (var finding in all) if (finding.Warning is { } warning) warn(warning);
    }
}
