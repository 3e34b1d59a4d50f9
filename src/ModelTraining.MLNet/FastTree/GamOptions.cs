namespace ModelTraining;

/// <summary>Options of <see cref="MLNet.Gam"/>, named and preset as in ML.NET's <c>GamBinaryTrainer.Options</c> and <c>GamRegressionTrainer.Options</c>.</summary>
public sealed record GamOptions
{
    /// <summary>The number of passes over the features. Default 9500.</summary>
    public int NumberOfIterations { get; init; } = 9500;

    /// <summary>How much of each step is taken. Default 0.002.</summary>
    public double LearningRate { get; init; } = 0.002;

    /// <summary>The most bins that a feature's values fall into. Default 255.</summary>
    public int MaximumBinCountPerFeature { get; init; } = 255;

    /// <summary>The fewest training rows on either side of a split. Default 10.</summary>
    public int MinimumExampleCountPerLeaf { get; init; } = 10;

    /// <summary>How much evenness of splits counts, in [0, 1]. Default 0.</summary>
    public double EntropyCoefficient { get; init; }

    /// <summary>The largest output of a step. Default infinity.</summary>
    public double MaximumTreeOutput { get; init; } = double.PositiveInfinity;

    /// <summary>Whether the iterations from the best one on, by the validation part, are taken away. Without a validation part nothing is. Default true.</summary>
    public bool EnablePruning { get; init; } = true;

    /// <summary>Of two classes, whether the derivatives are made for classes of unequal size. Default false.</summary>
    public bool UnbalancedSets { get; init; }

    /// <summary>The number of threads. Default null: the run's; the model does not depend on it.</summary>
    public int? NumberOfThreads { get; init; }

    /// <summary>The seed of what is drawn. Default null: drawn from the run's. ML.NET's own default is 123.</summary>
    public int? Seed { get; init; }
}
