namespace ModelTraining;

/// <summary>Options of <see cref="Resample.BorderlineSmote"/>.</summary>
public sealed record BorderlineSmoteOptions
{
    /// <summary>Which classes, and how many rows they have afterwards. Default <see cref="SamplingStrategy.Auto"/>: all but the largest, as many as that has.</summary>
    public SamplingStrategy Strategy { get; init; } = SamplingStrategy.Auto;

    /// <summary>How many nearest neighbours of its class a row is joined with one of. A class needs more rows than that. Default 5, at least 1.</summary>
    public int Neighbors { get; init; } = 5;

    /// <summary>How many nearest neighbours among all rows say whether a row is in danger. Default 10, at least 1.</summary>
    public int DangerNeighbors { get; init; } = 10;

    /// <summary>Which of the paper's two methods. Default <see cref="BorderlineKind.One"/>.</summary>
    public BorderlineKind Kind { get; init; } = BorderlineKind.One;
}
