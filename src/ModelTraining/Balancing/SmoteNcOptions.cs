namespace ModelTraining;

/// <summary>Options of <see cref="Resample.SmoteNc"/>.</summary>
public sealed record SmoteNcOptions
{
    /// <summary>Which classes, and how many rows they have afterwards. Default <see cref="SamplingStrategy.Auto"/>: all but the largest, as many as that has.</summary>
    public SamplingStrategy Strategy { get; init; } = SamplingStrategy.Auto;

    /// <summary>How many nearest neighbours of its class a row is joined with one of. A class needs more rows than that. Default 5, at least 1.</summary>
    public int Neighbors { get; init; } = 5;

    /// <summary>The names of features that are numbers and yet name something, such as a code, beside text and booleans. Default none.</summary>
    public IReadOnlyList<string> Nominal { get; init; } = [];
}
