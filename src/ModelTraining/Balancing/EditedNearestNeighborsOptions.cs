namespace ModelTraining;

/// <summary>Options of <see cref="Resample.EditedNearestNeighbors"/>.</summary>
public sealed record EditedNearestNeighborsOptions
{
    /// <summary>Which classes may lose rows; no ratio and no counts. Default <see cref="SamplingStrategy.Auto"/>: all but the smallest.</summary>
    public SamplingStrategy Strategy { get; init; } = SamplingStrategy.Auto;

    /// <summary>How many nearest neighbours a row must agree with. Default 3, at least 1.</summary>
    public int Neighbors { get; init; } = 3;

    /// <summary>Whether a row goes where more of its neighbours are of one other class than of its own, as Wilson has it, and not already where one is. Default false: all must agree.</summary>
    public bool ByMajority { get; init; }
}
