namespace ModelTraining;

/// <summary>
/// Spaces that are ready: the settings of a trainer that matter most, in the ranges that the field looks in, beginning at the trainer's defaults, or at what <c>configure</c> makes of them. Other options
/// stay as <c>configure</c> has them.
/// </summary>
public static class Tune
{
    internal const string TrainerParameter = "Trainer";

    /// <summary>LearningRate, Leaves, MinRowsPerLeaf, L2, RowFraction and ColumnFraction of <see cref="Trees.GradientBoosting"/>. The number of trees is left to early stopping.</summary>
    /// <param name="configure">Changes where it begins: <c>o => o with { MaxBins = 127 }</c>.</param>
    public static Func<SearchSpace, Func<Trial, ITrainer>> GradientBoosting(Func<GradientBoostingOptions, GradientBoostingOptions>? configure = null) => space =>
    {
        var start = Configured(new GradientBoostingOptions(), configure);
        var rate = space.Float("LearningRate", 0.03, 0.3, log: true).StartAtIfInRange(start.LearningRate);
        var leaves = space.Int("Leaves", 8, 128, log: true).StartAtIfInRange(start.Leaves);
        var rows = space.Int("MinRowsPerLeaf", 2, 200, log: true).StartAtIfInRange(start.MinRowsPerLeaf);
        var l2 = space.Float("L2", 1e-3, 100, log: true).StartAtIfInRange(start.L2);
        var rowFraction = space.Float("RowFraction", 0.5, 1).StartAtIfInRange(start.RowFraction);
        var columnFraction = space.Float("ColumnFraction", 0.3, 1).StartAtIfInRange(start.ColumnFraction);
        return trial => Trees.GradientBoosting(_ => start with
        {
            LearningRate = trial.Get(rate),
            Leaves = trial.Get(leaves),
            MinRowsPerLeaf = trial.Get(rows),
            L2 = trial.Get(l2),
            RowFraction = trial.Get(rowFraction),
            ColumnFraction = trial.Get(columnFraction),
        });
    };

    /// <summary>MinRowsPerLeaf and ColumnFraction of <see cref="Trees.RandomForest"/>, the latter stated or, as by default, following from the number of features. More trees are better, and only cost time.</summary>
    /// <param name="configure">Changes where it begins: <c>o => o with { Trees = 200 }</c>.</param>
    public static Func<SearchSpace, Func<Trial, ITrainer>> RandomForest(Func<ForestOptions, ForestOptions>? configure = null) => Forest(configure, options => Trees.RandomForest(_ => options));

    /// <summary>MinRowsPerLeaf and ColumnFraction of <see cref="Trees.ExtraTrees"/>, the latter stated or, as by default, following from the number of features.</summary>
    /// <param name="configure">Changes where it begins: <c>o => o with { Trees = 200 }</c>.</param>
    public static Func<SearchSpace, Func<Trial, ITrainer>> ExtraTrees(Func<ForestOptions, ForestOptions>? configure = null) => Forest(configure, options => Trees.ExtraTrees(_ => options));

    /// <summary>Alpha and L1Ratio of <see cref="Linear.Logistic"/>.</summary>
    /// <param name="configure">Changes where it begins.</param>
    public static Func<SearchSpace, Func<Trial, ITrainer>> Logistic(Func<LogisticOptions, LogisticOptions>? configure = null) => space =>
    {
        var start = Configured(new LogisticOptions(), configure);
        var alpha = space.Float("Alpha", 1e-3, 1e4, log: true).StartAtIfInRange(start.Alpha);
        var l1 = space.Float("L1Ratio", 0, 1).StartAtIfInRange(start.L1Ratio);
        return trial => Linear.Logistic(_ => start with { Alpha = trial.Get(alpha), L1Ratio = trial.Get(l1) });
    };

    /// <summary>Alpha of <see cref="Linear.Ridge"/>.</summary>
    /// <param name="configure">Changes where it begins.</param>
    public static Func<SearchSpace, Func<Trial, ITrainer>> Ridge(Func<RidgeOptions, RidgeOptions>? configure = null) => space =>
    {
        var start = Configured(new RidgeOptions(), configure);
        var alpha = space.Float("Alpha", 1e-4, 1e4, log: true).StartAtIfInRange(start.Alpha);
        return trial => Linear.Ridge(_ => start with { Alpha = trial.Get(alpha) });
    };

    /// <summary>Alpha of <see cref="Linear.Lasso"/>.</summary>
    /// <param name="configure">Changes where it begins.</param>
    public static Func<SearchSpace, Func<Trial, ITrainer>> Lasso(Func<LassoOptions, LassoOptions>? configure = null) => space =>
    {
        var start = Configured(new LassoOptions(), configure);
        var alpha = space.Float("Alpha", 1e-5, 10, log: true).StartAtIfInRange(start.Alpha);
        return trial => Linear.Lasso(_ => start with { Alpha = trial.Get(alpha) });
    };

    /// <summary>Alpha and L1Ratio of <see cref="Linear.ElasticNet"/>.</summary>
    /// <param name="configure">Changes where it begins.</param>
    public static Func<SearchSpace, Func<Trial, ITrainer>> ElasticNet(Func<ElasticNetOptions, ElasticNetOptions>? configure = null) => space =>
    {
        var start = Configured(new ElasticNetOptions(), configure);
        var alpha = space.Float("Alpha", 1e-5, 10, log: true).StartAtIfInRange(start.Alpha);
        var l1 = space.Float("L1Ratio", 0, 1).StartAtIfInRange(start.L1Ratio);
        return trial => Linear.ElasticNet(_ => start with { Alpha = trial.Get(alpha), L1Ratio = trial.Get(l1) });
    };

    /// <summary>Neighbors of <see cref="ModelTraining.Neighbors.KNearest"/>.</summary>
    /// <param name="configure">Changes where it begins.</param>
    public static Func<SearchSpace, Func<Trial, ITrainer>> KNearest(Func<KNearestOptions, KNearestOptions>? configure = null) => space =>
    {
        var start = Configured(new KNearestOptions(), configure);
        var neighbors = space.Int("Neighbors", 1, 100, log: true).StartAtIfInRange(start.Neighbors);
        return trial => Neighbors.KNearest(_ => start with { Neighbors = trial.Get(neighbors) });
    };

    /// <summary>Layers, Width (of all hidden layers), Dropout, LearningRate, WeightDecay and BatchSize of <see cref="Networks.Mlp"/>.</summary>
    /// <param name="configure">Changes where it begins: <c>o => o with { Epochs = 20 }</c>.</param>
    public static Func<SearchSpace, Func<Trial, ITrainer>> Mlp(Func<MlpOptions, MlpOptions>? configure = null) => space =>
    {
        var start = Configured(new MlpOptions(), configure);
        var layers = space.Int("Layers", 1, 4).StartAtIfInRange(start.Hidden.Length);
        var width = space.Int("Width", 16, 512, log: true).StartAtIfInRange(start.Hidden.IsEmpty ? 0 : start.Hidden[0]);
        var dropout = space.Float("Dropout", 0, 0.5).StartAtIfInRange(start.Dropout);
        var (rate, decay, batch) = Optimisation(space, start);
        return trial => Networks.Mlp(_ => start with
        {
            Hidden = [.. Enumerable.Repeat(trial.Get(width), trial.Get(layers))],
            Dropout = trial.Get(dropout),
            LearningRate = trial.Get(rate),
            WeightDecay = trial.Get(decay),
            BatchSize = trial.Get(batch),
        });
    };

    /// <summary>Blocks, Width (with a HiddenWidth of twice that), Dropout, LearningRate, WeightDecay and BatchSize of <see cref="Networks.TabularResNet"/>.</summary>
    /// <param name="configure">Changes where it begins: <c>o => o with { Epochs = 20 }</c>.</param>
    public static Func<SearchSpace, Func<Trial, ITrainer>> TabularResNet(Func<TabularResNetOptions, TabularResNetOptions>? configure = null) => space =>
    {
        var start = Configured(new TabularResNetOptions(), configure);
        var blocks = space.Int("Blocks", 1, 4).StartAtIfInRange(start.Blocks);
        var width = space.Int("Width", 64, 384, log: true).StartAtIfInRange(start.Width);
        var dropout = space.Float("Dropout", 0, 0.5).StartAtIfInRange(start.Dropout);
        var (rate, decay, batch) = Optimisation(space, start);
        return trial => Networks.TabularResNet(_ => start with
        {
            Blocks = trial.Get(blocks),
            Width = trial.Get(width),
            HiddenWidth = 2 * trial.Get(width),
            Dropout = trial.Get(dropout),
            LearningRate = trial.Get(rate),
            WeightDecay = trial.Get(decay),
            BatchSize = trial.Get(batch),
        });
    };

    /// <summary>
    /// Several trainers, each with its own space: gradient boosting, random forests, extra trees, a linear model and a network; which one is a choice like any other, and the leaderboard shows it. Give it
    /// time by <c>o => o with { TimeBudget = TimeSpan.FromMinutes(10) }</c>.
    /// </summary>
    public static Func<SearchSpace, Func<Trial, ITrainer>> Auto() => space =>
    {
        var trainer = space.Choice(TrainerParameter, "GradientBoosting", "RandomForest", "ExtraTrees", "Linear", "Mlp").StartAt("GradientBoosting");
        var spaces = new Dictionary<string, Func<Trial, ITrainer>>
        {
            ["GradientBoosting"] = Part("GradientBoosting", GradientBoosting()),
            ["RandomForest"] = Part("RandomForest", RandomForest()),
            ["ExtraTrees"] = Part("ExtraTrees", ExtraTrees()),
            ["Linear"] = Part("Linear", ByTask),
            ["Mlp"] = Part("Mlp", Mlp()),
        };
        return trial => spaces[trial.Get(trainer)](trial);

        Func<Trial, ITrainer> Part(string name, Func<SearchSpace, Func<Trial, ITrainer>> declare) => declare(space.When(trainer, name).Named($"{name}."));
    };

    /// <summary>
    /// The same trainers, each at its defaults first, as long as there is time, and then an ensemble of the best of them where that is better. <c>run.Report&lt;TuneReport&gt;()</c> has the leaderboard.
    /// </summary>
    /// <param name="timeBudget">How long the stage may take; a deadline for trials, ensemble, and what has to be trained again.</param>
    public static AutoTuning Auto(TimeSpan timeBudget) => new(timeBudget);

    private static Func<Trial, ITrainer> ByTask(SearchSpace space)
    {
        var alpha = space.Float("Alpha", 1e-3, 1e4, log: true).StartAt(1);
        return trial => new LinearByTaskTrainer(trial.Get(alpha));
    }

    private static Func<SearchSpace, Func<Trial, ITrainer>> Forest(Func<ForestOptions, ForestOptions>? configure, Func<ForestOptions, ITrainer> trainer) => space =>
    {
        var start = Configured(new ForestOptions(), configure);
        var rows = space.Int("MinRowsPerLeaf", 1, 100, log: true).StartAtIfInRange(start.MinRowsPerLeaf);
        // By the default the fraction follows from the number of features, and is no point of a range.
        var byFeatures = space.Bool("ColumnFractionByFeatures").StartAt(start.ColumnFraction is null);
        var columns = space.When(byFeatures, false).Float("ColumnFraction", 0.1, 1).StartAtIfInRange(start.ColumnFraction ?? 0);
        return trial => trainer(start with { MinRowsPerLeaf = trial.Get(rows), ColumnFraction = trial.Get(byFeatures) ? null : trial.Get(columns) });
    };

    private static (Parameter<double> Rate, Parameter<double> Decay, Parameter<int> Batch) Optimisation(SearchSpace space, NetworkOptions start) =>
        (space.Float("LearningRate", 1e-4, 1e-2, log: true).StartAtIfInRange(start.LearningRate), space.Float("WeightDecay", 1e-5, 0.3, log: true).StartAtIfInRange(start.WeightDecay), space.Choice("BatchSize", 32, 64, 128, 256, 512).StartAtIfInRange(start.BatchSize));

    private static T Configured<T>(T options, Func<T, T>? configure)
        where T : class => configure is null ? options : configure(options) ?? throw new ArgumentException("The options were configured to null.", nameof(configure));
}
