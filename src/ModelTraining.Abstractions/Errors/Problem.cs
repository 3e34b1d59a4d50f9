namespace ModelTraining;

/// <summary>Something that is wrong, as said to the user.</summary>
/// <param name="Id">MT1xxx options, MT2xxx data, MT3xxx graphs and backends, MT4xxx files and stores; listed in docs/diagnostics.md.</param>
/// <param name="Message">One sentence with the value that was found, then the fix.</param>
public sealed record Problem(string Id, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Id}: {Message}";
}
