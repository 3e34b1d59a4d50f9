namespace ModelTraining;

/// <summary>Options of <see cref="MLNet.Sdca"/>, named and preset as in ML.NET's <c>Options</c> of the trainers <c>SdcaLogisticRegression</c>, <c>SdcaMaximumEntropy</c> and <c>Sdca</c>.</summary>
public sealed record SdcaOptions
{
    /// <summary>The weight of the squares of the coefficients in the loss. Default null: found from the number of rows.</summary>
    public float? L2Regularization { get; init; }

    /// <summary>The weight of the coefficients' sizes in the loss. Default null: found from the data.</summary>
    public float? L1Regularization { get; init; }

    /// <summary>The most passes over the rows. Default null: found from the number of rows.</summary>
    public int? MaximumNumberOfIterations { get; init; }

    /// <summary>The gap between primal and dual loss at which training ends, as a share of the primal. Default 0.1; numbers 0.01.</summary>
    public float? ConvergenceTolerance { get; init; }

    /// <summary>How often, in passes, the gap is looked at; 0 or less for never. Default null: as many passes as threads.</summary>
    public int? ConvergenceCheckFrequency { get; init; }

    /// <summary>The learning rate of the intercept. Default null: 0; numbers 1.</summary>
    public float? BiasLearningRate { get; init; }

    /// <summary>Whether the rows are in another order in each pass. Default true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Of two classes, how much rows of the second count. Default 1.</summary>
    public float PositiveInstanceWeight { get; init; } = 1;

    /// <summary>The number of threads. Default null: 1, so that the same seed gives the same model; ML.NET's own default is all processors, which write over one another as they come.</summary>
    public int? NumberOfThreads { get; init; }

    /// <summary>The seed of the order of the rows. Default null: drawn from the run's.</summary>
    public int? Seed { get; init; }
}
