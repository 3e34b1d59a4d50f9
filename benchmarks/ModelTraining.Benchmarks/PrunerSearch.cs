using System.Diagnostics;

namespace ModelTraining.Benchmarks;

/// <summary>
/// Networks on digits, 60 settings by chance with up to 81 epochs each: what each pruner finds, and how many epochs it lets go by, as shares of the search that prunes nothing. A seed's settings, rows and
/// weights are the same in all of its searches.
/// </summary>
internal static class PrunerSearch
{
    private const int Trials = 60;
    private const int Epochs = 81;

    /// <param name="args">The number of seeds, 5 when it is left out.</param>
    public static async Task RunAsync(string[] args)
    {
        var seeds = Turns.Rounds(args, 5);
        if (!File.Exists(SharedTables.PathOf("digits.csv")))
        {
            Console.Error.WriteLine($"There is no {SharedTables.PathOf("digits.csv")}: no figures of pruners.");
            return;
        }

        // Settings whose first decision is after one of three epochs: the first few say little of a low learning rate.
        (string Name, IPruner Pruner)[] pruners =
        [
            ("ASHA", new SuccessiveHalvingPruner { MinSteps = 3, ReductionFactor = 3 }), ("Hyperband", new HyperbandPruner { MinSteps = 3, MaxSteps = Epochs, ReductionFactor = 3 }), ("median", new MedianPruner()),
        ];
        var found = pruners.ToDictionary(pruner => pruner.Name, _ => new List<(double Best, double Epochs, double Seconds)>());
        for (var seed = 1UL; seed <= (ulong)seeds; seed++)
        {
            var full = await SearchAsync(seed, new Patient());
            foreach (var (name, pruner) in pruners)
            {
                var (best, epochs, seconds) = await SearchAsync(seed, pruner);
                found[name].Add((best / full.Best, epochs / full.Epochs, seconds / full.Seconds));
            }
        }

        foreach (var (name, shares) in found)
        {
            Peers.Print($"tuning.digits.{name}.accuracy", Turns.Median([.. shares.Select(share => share.Best)]), "of the full search's best");
            Peers.Print($"tuning.digits.{name}.worst", shares.Min(share => share.Best), "of the full search's best, the worst seed");
            Peers.Print($"tuning.digits.{name}.epochs", Turns.Median([.. shares.Select(share => share.Epochs)]), "of the full search's");
            Peers.Print($"tuning.digits.{name}.time", Turns.Median([.. shares.Select(share => share.Seconds)]), "of the full search's");
        }
    }

    private static async Task<(double Best, double Epochs, double Seconds)> SearchAsync(ulong seed, IPruner pruner)
    {
        var clock = Stopwatch.GetTimestamp();
        using var run = await Pipeline.From(Csv.File(SharedTables.PathOf("digits.csv"), "label")).WithSeed(seed).Split(test: 0.2, validation: 0.2)
            .Tune(
                space =>
                {
                    var (rate, width, layers) = (space.Float("rate", 1e-4, 0.1, log: true), space.Int("width", 8, 128, log: true), space.Int("layers", 1, 3));
                    var (dropout, decay, batch) = (space.Float("dropout", 0, 0.6), space.Float("decay", 1e-5, 0.3, log: true), space.Choice("batch", 16, 32, 64, 128));
                    return trial => Networks.Mlp(o => o with
                    {
                        Epochs = Epochs,
                        Patience = Epochs, // a whole trial is all of its epochs
                        LearningRate = trial.Get(rate),
                        Hidden = [.. Enumerable.Repeat(trial.Get(width), trial.Get(layers))],
                        Dropout = trial.Get(dropout),
                        WeightDecay = trial.Get(decay),
                        BatchSize = trial.Get(batch),
                    });
                },
                o => o with { Trials = Trials, Sampler = new RandomSampler(), Pruner = pruner, Metric = Metrics.Accuracy })
            .RunAsync();
        var report = run.Report<TuneReport>()!;
        return (report.Best.Value, report.Trials.Sum(trial => trial.Reports.Length), Stopwatch.GetElapsedTime(clock).TotalSeconds);
    }

    /// <summary>Gives nothing up, and has trials report.</summary>
    private sealed class Patient : IPruner
    {
        public string Name => "none";

        public IEnumerable<Problem> Validate() => [];

        public bool ShouldPrune(PrunerContext context) => false;
    }
}
