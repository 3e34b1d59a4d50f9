using System.Globalization;

namespace ModelTraining.Benchmarks;

/// <summary>
/// What each remedy for classes of unequal size does on mammography.csv, by boosting and by logistic regression: the mean over several seeds, each with its own split, and beside no remedy the mean difference of average precision with its standard error. Prints the tables of
/// docs/imbalance.md, and how long the methods that compare rows take on it and on adult.csv.
/// </summary>
internal static class ImbalanceComparison
{
    private static readonly (string Name, BalanceMethod[] Methods)[] Remedies =
    [
        ("none", []),
        ("ClassWeights.Balanced", [ClassWeights.Balanced]),
        ("RandomOver", [Resample.RandomOver()]),
        ("RandomUnder", [Resample.RandomUnder()]),
        ("Smote", [Resample.Smote()]),
        ("Smote, ratio 0.2", [Resample.Smote(o => o with { Strategy = SamplingStrategy.Ratio(0.2) })]),
        ("BorderlineSmote", [Resample.BorderlineSmote()]),
        ("BorderlineSmote, kind 2", [Resample.BorderlineSmote(o => o with { Kind = BorderlineKind.Two })]),
        ("Adasyn", [Resample.Adasyn()]),
        ("TomekLinks", [Resample.TomekLinks()]),
        ("EditedNearestNeighbors", [Resample.EditedNearestNeighbors()]),
        ("Smote + TomekLinks", [Resample.Smote(), Resample.TomekLinks(o => o with { Strategy = SamplingStrategy.All })]),
        ("Smote + EditedNearestNeighbors", [Resample.Smote(), Resample.EditedNearestNeighbors(o => o with { Strategy = SamplingStrategy.All })]),
    ];

    /// <param name="args">The number of seeds; 10 when it is left out.</param>
    public static async Task RunAsync(string[] args)
    {
        var seeds = Turns.Rounds(args, 10);
        var path = SharedTables.PathOf("mammography.csv");
        if (!File.Exists(path))
        {
            Console.Error.WriteLine($"There is no {path}.");
            return;
        }

        var none = await TableAsync("Trees.GradientBoosting", Trees.GradientBoosting(), Mammography, seeds);
        await RowAsync("BoostingObjective.Focal", Mammography, Trees.GradientBoosting(o => o with { Objective = BoostingObjective.Focal() }), seeds, calibrate: false, none);
        await TableAsync("Linear.Logistic", Linear.Logistic(), Mammography, seeds);
        Console.WriteLine();
        await TimesAsync("mammography", Mammography, Resample.Smote(), Resample.BorderlineSmote(), Resample.EditedNearestNeighbors());
        if (File.Exists(SharedTables.PathOf("adult.csv"))) await TimesAsync("adult", Adult, Resample.SmoteNc(), Resample.TomekLinks(), Resample.EditedNearestNeighbors());

        SplitPipeline Mammography() => Pipeline.From(Csv.File(path, label: "column6")).Clean().Split(test: 0.3, validation: 0.2);
        SplitPipeline Adult() => Pipeline.From(Csv.File(SharedTables.PathOf("adult.csv"), label: "label(IsOver50K)")).Clean().Split();
    }

    /// <returns>The average precision of no remedy, by seed.</returns>
    private static async Task<double[]> TableAsync(string name, ITrainer trainer, Func<SplitPipeline> data, int seeds)
    {
        Console.WriteLine();
        Console.WriteLine($"| {name} | average precision | beside none | ROC AUC | balanced accuracy at 0.5 | at the chosen threshold | log loss |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        double[]? none = null;
        foreach (var (remedy, methods) in Remedies)
        {
            var precisions = await RowAsync(remedy, () => methods.Aggregate(data(), (pipeline, method) => pipeline.Balance(method)), trainer, seeds, calibrate: false, none);
            none ??= precisions;
        }

        await RowAsync("ClassWeights.Balanced, Calibrate", () => data().Balance(ClassWeights.Balanced), trainer, seeds, calibrate: true, none);
        await RowAsync("Smote, Calibrate", () => data().Balance(Resample.Smote()), trainer, seeds, calibrate: true, none);
        return none!;
    }

    /// <returns>The average precision, by seed.</returns>
    private static async Task<double[]> RowAsync(string name, Func<SplitPipeline> pipeline, ITrainer trainer, int seeds, bool calibrate, double[]? none)
    {
        IMetric[] metrics = [Metrics.AreaUnderPrecisionRecallCurve, Metrics.AreaUnderRocCurve, new AtHalf(), Metrics.MacroAccuracy, Metrics.LogLoss];
        var values = metrics.Select(_ => new double[seeds]).ToArray();
        for (var seed = 0; seed < seeds; seed++)
        {
            var trained = pipeline().Train(trainer);
            if (calibrate) trained = trained.Calibrate();
            var run = await trained.Threshold(o => o with { By = "balanced_accuracy" }).Evaluate(o => o with { Metrics = metrics }).WithSeed((ulong)seed + 1).RunAsync();
            for (var i = 0; i < metrics.Length; i++) values[i][seed] = run.Evaluation[metrics[i].Key];
        }

        var means = values.Select(value => value.Average().ToString("F3", CultureInfo.InvariantCulture)).ToList();
        means.Insert(1, none is null ? "" : Difference(values[0], none));
        Console.WriteLine($"| {name} | {string.Join(" | ", means)} |");
        return values[0];
    }

    /// <summary>The mean of differences on the same seeds, with its standard error.</summary>
    private static string Difference(double[] values, double[] none)
    {
        var differences = values.Zip(none, (value, other) => value - other).ToArray();
        var mean = differences.Average();
        var error = Math.Sqrt(differences.Sum(difference => (difference - mean) * (difference - mean)) / Math.Max(1, differences.Length - 1) / differences.Length);
        return string.Create(CultureInfo.InvariantCulture, $"{mean:+0.000;-0.000;0.000} ± {error:F3}");
    }

    /// <summary>The time of training a model that takes none.</summary>
    private static async Task TimesAsync(string name, Func<SplitPipeline> data, params BalanceMethod[] methods)
    {
        foreach (var method in methods)
        {
            var seconds = new List<double>();
            var rows = 0;
            for (var round = 0; round < 3; round++)
            {
                var run = await data().Balance(method).Train(Linear.Logistic(o => o with { MaxIterations = 1 })).RunAsync();
                rows = run.Split.TrainingRows.Length;
                seconds.Add(run.Timings.Single(timing => timing.Stage == "Train").Duration.TotalSeconds);
            }

            Peers.Print($"imbalance.{name}.{method}", Turns.Median(seconds), $"s for {rows} training rows");
        }
    }

    /// <summary>Balanced accuracy by the more probable class, whatever threshold the model has.</summary>
    private sealed class AtHalf : IMetric
    {
        private readonly IMetric _metric = Metrics.MacroAccuracy;

        public string Key => "balanced_accuracy_at_half";

        public string Name => "Balanced accuracy at 0.5";

        public MetricDirection Direction => _metric.Direction;

        public bool Supports(LearningTask task) => _metric.Supports(task);

        public IMetricState Start(int classCount) => new State(_metric.Start(classCount));

        private sealed class State(IMetricState inner) : IMetricState
        {
            public void Update(PredictionBatch batch) => inner.Update(new PredictionBatch(batch.Targets, batch.Outputs, batch.Weights));

            public double Compute() => inner.Compute();
        }
    }
}
