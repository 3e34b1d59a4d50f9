namespace ModelTraining;

/// <summary>Options of <see cref="MLNet.FastForest"/>, named and preset as in ML.NET's <c>FastForestBinaryTrainer.Options</c> and <c>FastForestRegressionTrainer.Options</c>.</summary>
public sealed record FastForestOptions
{
    /// <summary>The number of trees, of three or more classes for each. Default 100.</summary>
    public int NumberOfTrees { get; init; } = 100;

    /// <summary>The most leaves of a tree, at least 2. Default 20.</summary>
    public int NumberOfLeaves { get; init; } = 20;

    /// <summary>The fewest training rows of a leaf. Default 10.</summary>
    public int MinimumExampleCountPerLeaf { get; init; } = 10;

    /// <summary>The most bins that a feature's values fall into. Default 255.</summary>
    public int MaximumBinCountPerFeature { get; init; } = 255;

    /// <summary>The share of the features, drawn by chance, that a tree uses, in (0, 1]. Default 0.7.</summary>
    public double FeatureFraction { get; init; } = 0.7;

    /// <summary>The share of the features, drawn by chance, that a split looks at, in (0, 1]. Default 0.7.</summary>
    public double FeatureFractionPerSplit { get; init; } = 0.7;

    /// <summary>The number of trees that share a draw of rows; 0 for all rows. Default 1.</summary>
    public int BaggingSize { get; init; } = 1;

    /// <summary>The share of the rows that is drawn, in (0, 1]. Default 0.7.</summary>
    public double BaggingExampleFraction { get; init; } = 0.7;

    /// <summary>How much a leaf's value is drawn to its parent's, in [0, 1]. Default 0.</summary>
    public double Smoothing { get; init; }

    /// <summary>How much evenness of splits counts, in [0, 1]. Default 0.</summary>
    public double EntropyCoefficient { get; init; }

    /// <summary>The number of threads. Default null: the run's; the model does not depend on it.</summary>
    public int? NumberOfThreads { get; init; }

    /// <summary>The seed of what is drawn. Default null: drawn from the run's. ML.NET's own default is 123.</summary>
    public int? Seed { get; init; }
}
