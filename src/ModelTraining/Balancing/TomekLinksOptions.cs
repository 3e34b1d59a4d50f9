namespace ModelTraining;

/// <summary>Options of <see cref="Resample.TomekLinks"/>.</summary>
public sealed record TomekLinksOptions
{
    /// <summary>Which classes may lose rows; no ratio and no counts. Default <see cref="SamplingStrategy.Auto"/>: all but the smallest.</summary>
    public SamplingStrategy Strategy { get; init; } = SamplingStrategy.Auto;
}
