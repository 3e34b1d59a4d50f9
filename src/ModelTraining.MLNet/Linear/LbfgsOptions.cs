namespace ModelTraining;

/// <summary>
/// Options of <see cref="MLNet.Lbfgs"/>, named and preset as in ML.NET's <c>Options</c> of the trainers <c>LbfgsLogisticRegression</c>, <c>LbfgsMaximumEntropy</c> and
/// <c>LbfgsPoissonRegression</c>.
/// </summary>
public sealed record LbfgsOptions
{
    /// <summary>The weight of the squares of the coefficients in the loss. Default 1.</summary>
    public float L2Regularization { get; init; } = 1;

    /// <summary>The weight of the coefficients' sizes in the loss. Default 1.</summary>
    public float L1Regularization { get; init; } = 1;

    /// <summary>How little the loss may fall when training ends. Default 1e-7.</summary>
    public float OptimizationTolerance { get; init; } = 1e-7f;

    /// <summary>The number of earlier steps that the curvature is found from. Default 20.</summary>
    public int HistorySize { get; init; } = 20;

    /// <summary>The most steps. Default: no limit.</summary>
    public int MaximumNumberOfIterations { get; init; } = int.MaxValue;

    /// <summary>The width of the range that coefficients are drawn from to begin with; 0, the default, begins with 0.</summary>
    public float InitialWeightsDiameter { get; init; }

    /// <summary>Whether no coefficient may be negative. Default false.</summary>
    public bool EnforceNonNegativity { get; init; }

    /// <summary>The number of threads. Default null: 1, since the sums are cut where threads meet, so that the model depends on their number; ML.NET's own default is all processors.</summary>
    public int? NumberOfThreads { get; init; }

    /// <summary>The seed of what is drawn. Default null: drawn from the run's.</summary>
    public int? Seed { get; init; }
}
