namespace ModelTraining;

/// <summary>Options of <see cref="MLNet.LinearSvm"/>, named and preset as in ML.NET's <c>LinearSvmTrainer.Options</c>.</summary>
public sealed record LinearSvmOptions
{
    /// <summary>The number of passes over the rows. Default 1.</summary>
    public int NumberOfIterations { get; init; } = 1;

    /// <summary>The weight of the squares of the coefficients in the loss. Default 0.001.</summary>
    public float Lambda { get; init; } = 0.001f;

    /// <summary>The number of rows of a step. Default 1.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>Whether the coefficients are kept inside a ball that has the best ones in it. Default false.</summary>
    public bool PerformProjection { get; init; }

    /// <summary>Whether there is no intercept. Default false.</summary>
    public bool NoBias { get; init; }

    /// <summary>The width of the range that coefficients are drawn from to begin with; 0, the default, begins with 0.</summary>
    public float InitialWeightsDiameter { get; init; }

    /// <summary>Whether the rows are in another order in each pass. Default true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>The seed of the order of the rows. Default null: drawn from the run's.</summary>
    public int? Seed { get; init; }
}
