namespace ModelTraining;

/// <summary>
/// Spaces of ML.NET's trainers that are ready for <c>.Tune</c>: <c>.Tune(MLNetTune.FastTree())</c>. The settings that matter most, beginning at ML.NET's defaults, or at what <c>configure</c> makes of them. Other
/// options stay as <c>configure</c> has them.
/// </summary>
public static class MLNetTune
{
    /// <summary>LearningRate, NumberOfTrees, NumberOfLeaves, MinimumExampleCountPerLeaf and FeatureFraction of <see cref="MLNet.FastTree"/>.</summary>
    /// <param name="configure">Changes where it begins: <c>o => o with { NumberOfTrees = 300 }</c>.</param>
    public static Func<SearchSpace, Func<Trial, ITrainer>> FastTree(Func<FastTreeOptions, FastTreeOptions>? configure = null) => space =>
    {
        var start = MLNet.Configured(configure);
        var rate = space.Float("LearningRate", 0.02, 0.5, log: true).StartAtIfInRange(start.LearningRate);
        var trees = space.Int("NumberOfTrees", 20, 500, log: true).StartAtIfInRange(start.NumberOfTrees);
        var leaves = space.Int("NumberOfLeaves", 4, 128, log: true).StartAtIfInRange(start.NumberOfLeaves);
        var rows = space.Int("MinimumExampleCountPerLeaf", 1, 100, log: true).StartAtIfInRange(start.MinimumExampleCountPerLeaf);
        var features = space.Float("FeatureFraction", 0.4, 1).StartAtIfInRange(start.FeatureFraction);
        return trial => MLNet.FastTree(_ => start with
        {
            LearningRate = trial.Get(rate),
            NumberOfTrees = trial.Get(trees),
            NumberOfLeaves = trial.Get(leaves),
            MinimumExampleCountPerLeaf = trial.Get(rows),
            FeatureFraction = trial.Get(features),
        });
    };

    /// <summary>NumberOfLeaves, MinimumExampleCountPerLeaf, FeatureFraction and FeatureFractionPerSplit of <see cref="MLNet.FastForest"/>: more trees are better, and only cost time.</summary>
    /// <param name="configure">Changes where it begins: <c>o => o with { NumberOfTrees = 300 }</c>.</param>
    public static Func<SearchSpace, Func<Trial, ITrainer>> FastForest(Func<FastForestOptions, FastForestOptions>? configure = null) => space =>
    {
        var start = MLNet.Configured(configure);
        var leaves = space.Int("NumberOfLeaves", 4, 1024, log: true).StartAtIfInRange(start.NumberOfLeaves);
        var rows = space.Int("MinimumExampleCountPerLeaf", 1, 100, log: true).StartAtIfInRange(start.MinimumExampleCountPerLeaf);
        var features = space.Float("FeatureFraction", 0.3, 1).StartAtIfInRange(start.FeatureFraction);
        var perSplit = space.Float("FeatureFractionPerSplit", 0.3, 1).StartAtIfInRange(start.FeatureFractionPerSplit);
        return trial => MLNet.FastForest(_ => start with
        {
            NumberOfLeaves = trial.Get(leaves),
            MinimumExampleCountPerLeaf = trial.Get(rows),
            FeatureFraction = trial.Get(features),
            FeatureFractionPerSplit = trial.Get(perSplit),
        });
    };

    /// <summary>LearningRate, MaximumBinCountPerFeature and MinimumExampleCountPerLeaf of <see cref="MLNet.Gam"/>.</summary>
    /// <param name="configure">Changes where it begins: <c>o => o with { NumberOfIterations = 2000 }</c>.</param>
    public static Func<SearchSpace, Func<Trial, ITrainer>> Gam(Func<GamOptions, GamOptions>? configure = null) => space =>
    {
        var start = MLNet.Configured(configure);
        var rate = space.Float("LearningRate", 5e-4, 0.1, log: true).StartAtIfInRange(start.LearningRate);
        var bins = space.Int("MaximumBinCountPerFeature", 8, 512, log: true).StartAtIfInRange(start.MaximumBinCountPerFeature);
        var rows = space.Int("MinimumExampleCountPerLeaf", 1, 100, log: true).StartAtIfInRange(start.MinimumExampleCountPerLeaf);
        return trial => MLNet.Gam(_ => start with { LearningRate = trial.Get(rate), MaximumBinCountPerFeature = trial.Get(bins), MinimumExampleCountPerLeaf = trial.Get(rows) });
    };

    /// <summary>
    /// L2Regularization and L1Regularization of <see cref="MLNet.Sdca"/>, or, where <c>configure</c> does not state them, whether ML.NET chooses them by the data, as it does in the first trial.
    /// </summary>
    /// <param name="configure">Changes where it begins: <c>o => o with { MaximumNumberOfIterations = 50 }</c>.</param>
    public static Func<SearchSpace, Func<Trial, ITrainer>> Sdca(Func<SdcaOptions, SdcaOptions>? configure = null) => space =>
    {
        var start = MLNet.Configured(configure);
        var byData = space.Bool("RegularizationByData").StartAt(start.L2Regularization is null && start.L1Regularization is null);
        var stated = space.When(byData, false);
        var l2 = stated.Float("L2Regularization", 1e-7, 1, log: true).StartAtIfInRange(start.L2Regularization ?? 0);
        var l1 = stated.Float("L1Regularization", 0, 1).StartAtIfInRange(start.L1Regularization ?? 0);
        return trial => MLNet.Sdca(_ => trial.Get(byData)
            ? start with { L2Regularization = null, L1Regularization = null }
            : start with { L2Regularization = (float)trial.Get(l2), L1Regularization = (float)trial.Get(l1) });
    };

    /// <summary>L1Regularization and L2Regularization of <see cref="MLNet.Lbfgs"/>.</summary>
    /// <param name="configure">Changes where it begins: <c>o => o with { HistorySize = 50 }</c>.</param>
    public static Func<SearchSpace, Func<Trial, ITrainer>> Lbfgs(Func<LbfgsOptions, LbfgsOptions>? configure = null) => space =>
    {
        var start = MLNet.Configured(configure);
        var l1 = space.Float("L1Regularization", 1e-3, 100, log: true).StartAtIfInRange(start.L1Regularization);
        var l2 = space.Float("L2Regularization", 1e-3, 100, log: true).StartAtIfInRange(start.L2Regularization);
        return trial => MLNet.Lbfgs(_ => start with { L1Regularization = (float)trial.Get(l1), L2Regularization = (float)trial.Get(l2) });
    };

    /// <summary>LearningRate, NumberOfIterations and DecreaseLearningRate of <see cref="MLNet.AveragedPerceptron"/>.</summary>
    /// <param name="configure">Changes where it begins.</param>
    public static Func<SearchSpace, Func<Trial, ITrainer>> AveragedPerceptron(Func<AveragedPerceptronOptions, AveragedPerceptronOptions>? configure = null) => space =>
    {
        var start = MLNet.Configured(configure);
        var rate = space.Float("LearningRate", 0.01, 10, log: true).StartAtIfInRange(start.LearningRate);
        var iterations = space.Int("NumberOfIterations", 1, 100, log: true).StartAtIfInRange(start.NumberOfIterations);
        var decrease = space.Bool("DecreaseLearningRate").StartAt(start.DecreaseLearningRate);
        return trial => MLNet.AveragedPerceptron(_ => start with { LearningRate = (float)trial.Get(rate), NumberOfIterations = trial.Get(iterations), DecreaseLearningRate = trial.Get(decrease) });
    };

    /// <summary>Lambda and NumberOfIterations of <see cref="MLNet.LinearSvm"/>.</summary>
    /// <param name="configure">Changes where it begins.</param>
    public static Func<SearchSpace, Func<Trial, ITrainer>> LinearSvm(Func<LinearSvmOptions, LinearSvmOptions>? configure = null) => space =>
    {
        var start = MLNet.Configured(configure);
        var lambda = space.Float("Lambda", 1e-6, 1, log: true).StartAtIfInRange(start.Lambda);
        var iterations = space.Int("NumberOfIterations", 1, 100, log: true).StartAtIfInRange(start.NumberOfIterations);
        return trial => MLNet.LinearSvm(_ => start with { Lambda = (float)trial.Get(lambda), NumberOfIterations = trial.Get(iterations) });
    };
}
