namespace ModelTraining;

/// <summary>Options of <see cref="Resample.RandomOver"/> and <see cref="Resample.RandomUnder"/>.</summary>
public sealed record RandomSamplingOptions
{
    /// <summary>Which classes, and how many rows they have afterwards. Default <see cref="SamplingStrategy.Auto"/>: as many as the largest class, or as the smallest.</summary>
    public SamplingStrategy Strategy { get; init; } = SamplingStrategy.Auto;
}
