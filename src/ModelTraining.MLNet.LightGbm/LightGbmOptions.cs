namespace ModelTraining;

/// <summary>Options of <c>MLNet.LightGbm</c>, named and preset as in ML.NET's <c>LightGbmBinaryTrainer.Options</c>, <c>LightGbmMulticlassTrainer.Options</c> and <c>LightGbmRegressionTrainer.Options</c>, and their booster.</summary>
public sealed record LightGbmOptions
{
    /// <summary>The number of rounds; of three or more classes each has a tree a class. Default 100.</summary>
    public int NumberOfIterations { get; init; } = 100;

    /// <summary>The most leaves of a tree, at least 2. Default null: 20 or 30, by the number of rows.</summary>
    public int? NumberOfLeaves { get; init; }

    /// <summary>The fewest training rows of a leaf. Default null: 20, 50 or 100, by the number of rows.</summary>
    public int? MinimumExampleCountPerLeaf { get; init; }

    /// <summary>How much of each tree is taken. Default null: 0.15 to 0.25, by the number of rows.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The most bins that a feature's values fall into. Default 255.</summary>
    public int MaximumBinCountPerFeature { get; init; } = 255;

    /// <summary>The rounds without a better score on the validation part after which training ends; 0, the default, for all rounds.</summary>
    public int EarlyStoppingRound { get; init; }

    /// <summary>The most splits between root and leaf; 0, the default, for no limit.</summary>
    public int MaximumTreeDepth { get; init; }

    /// <summary>The least gain of a split. Default 0.</summary>
    public double MinimumSplitGain { get; init; }

    /// <summary>The least sum of hessians of a leaf. Default 0.1.</summary>
    public double MinimumChildWeight { get; init; } = 0.1;

    /// <summary>After how many rounds rows are drawn anew; 0, the default, for all rows.</summary>
    public int SubsampleFrequency { get; init; }

    /// <summary>The share of the rows that is drawn, in (0, 1]. Default 1.</summary>
    public double SubsampleFraction { get; init; } = 1;

    /// <summary>The share of the features, drawn by chance, that a tree uses, in (0, 1]. Default 1.</summary>
    public double FeatureFraction { get; init; } = 1;

    /// <summary>The weight of the squares of the leaves' values in the loss. Default 0.01.</summary>
    public double L2Regularization { get; init; } = 0.01;

    /// <summary>The weight of the leaves' sizes in the loss. Default 0.</summary>
    public double L1Regularization { get; init; }

    /// <summary>Of classes, whether rows of the rarer ones count more. Default false.</summary>
    public bool UnbalancedSets { get; init; }

    /// <summary>Of three or more classes, whether their scores are trained together by softmax, and not each against all others. Default null: from 50,000 rows on.</summary>
    public bool? UseSoftmax { get; init; }

    /// <summary>The number of threads. Default null: the run's; with <see cref="Deterministic"/> the model does not depend on it.</summary>
    public int? NumberOfThreads { get; init; }

    /// <summary>Whether LightGBM gives the same model each time. Default true; ML.NET's own default is false.</summary>
    public bool Deterministic { get; init; } = true;

    /// <summary>Whether histograms are made a column at a time; with neither way forced LightGBM times both, and the quicker one may change from run to run. Default true; ML.NET's own default is false.</summary>
    public bool ForceColumnWise { get; init; } = true;

    /// <summary>The seed of what is drawn. Default null: drawn from the run's.</summary>
    public int? Seed { get; init; }
}
