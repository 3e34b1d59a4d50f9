using Microsoft.ML.Trainers.FastTree;

namespace ModelTraining;

/// <summary>Options of <see cref="MLNet.FastTree"/>, named and preset as in ML.NET's <c>FastTreeBinaryTrainer.Options</c> and <c>FastTreeRegressionTrainer.Options</c>.</summary>
public sealed record FastTreeOptions
{
    /// <summary>The number of trees, of three or more classes for each. Default 100.</summary>
    public int NumberOfTrees { get; init; } = 100;

    /// <summary>The most leaves of a tree, at least 2. Default 20.</summary>
    public int NumberOfLeaves { get; init; } = 20;

    /// <summary>The fewest training rows of a leaf. Default 10.</summary>
    public int MinimumExampleCountPerLeaf { get; init; } = 10;

    /// <summary>How much of each tree is taken. Default 0.2.</summary>
    public double LearningRate { get; init; } = 0.2;

    /// <summary>What the trees' outputs are multiplied by besides. Default 1.</summary>
    public double Shrinkage { get; init; } = 1;

    /// <summary>The most bins that a feature's values fall into. Default 255.</summary>
    public int MaximumBinCountPerFeature { get; init; } = 255;

    /// <summary>The share of the features, drawn by chance, that a tree uses, in [0, 1]. Default 1.</summary>
    public double FeatureFraction { get; init; } = 1;

    /// <summary>The share of the features, drawn by chance, that a split looks at, in [0, 1]. Default 1.</summary>
    public double FeatureFractionPerSplit { get; init; } = 1;

    /// <summary>The number of trees that share a draw of rows; 0, the default, for all rows.</summary>
    public int BaggingSize { get; init; }

    /// <summary>The share of the rows that is drawn where <see cref="BaggingSize"/> is above 0, in [0, 1]. Default 0.7.</summary>
    public double BaggingExampleFraction { get; init; } = 0.7;

    /// <summary>The share of the earlier trees that a new one leaves out (DART). Default 0.</summary>
    public double DropoutRate { get; init; }

    /// <summary>How much a leaf's value is drawn to its parent's, in [0, 1]. Default 0.</summary>
    public double Smoothing { get; init; }

    /// <summary>How much evenness of splits counts, in [0, 1]. Default 0.</summary>
    public double EntropyCoefficient { get; init; }

    /// <summary>How sure a split's gain has to be, in [0, 1). Default 0.</summary>
    public double GainConfidenceLevel { get; init; }

    /// <summary>The largest output of a tree. Default 100.</summary>
    public double MaximumTreeOutput { get; init; } = 100;

    /// <summary>Of two classes, whether the derivatives are made for classes of unequal size. Default false.</summary>
    public bool UnbalancedSets { get; init; }

    /// <summary>
    /// When to stop, by the validation part: for example <c>new GeneralityLossRule()</c>. The model has the trees of the best iteration. Default null: after all trees.
    /// Three or more classes are trained one against all others, without a validation part, so that they can't have a rule.
    /// </summary>
    public EarlyStoppingRuleBase? EarlyStoppingRule { get; init; }

    /// <summary>What <see cref="EarlyStoppingRule"/> measures. Default L1Norm.</summary>
    public EarlyStoppingMetric EarlyStoppingMetric { get; init; } = EarlyStoppingMetric.L1Norm;

    /// <summary>The number of threads. Default null: the run's; the model does not depend on it.</summary>
    public int? NumberOfThreads { get; init; }

    /// <summary>The seed of what is drawn. Default null: drawn from the run's. ML.NET's own default is 123.</summary>
    public int? Seed { get; init; }
}
