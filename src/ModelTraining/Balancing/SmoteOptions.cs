namespace ModelTraining;

/// <summary>Options of <see cref="Resample.Smote"/> and <see cref="Resample.Adasyn"/>.</summary>
public sealed record SmoteOptions
{
    /// <summary>Which classes, and how many rows they have afterwards. Default <see cref="SamplingStrategy.Auto"/>: all but the largest, as many as that has.</summary>
    public SamplingStrategy Strategy { get; init; } = SamplingStrategy.Auto;

    /// <summary>How many nearest neighbours of its class a row is joined with one of; ADASYN also asks the classes of as many among all rows. A class needs more rows than that. Default 5, at least 1.</summary>
    public int Neighbors { get; init; } = 5;
}
