using System.Diagnostics;

namespace ModelTraining.Benchmarks;

/// <summary>
/// What a run takes beside what its trainer takes in that same run. `pipeline`: a table that is read already goes through Split and Train, which checks it,
/// divides it and makes a target and features of it. `pipeline.all`: the file goes through reading, cleaning, splitting, training and evaluating; all of
/// that is work that somebody has to do, and each stage's time is printed.
/// </summary>
internal static class PipelineComparison
{
    /// <param name="args">The number of rounds; 12 when it is left out.</param>
    public static async Task RunAsync(string[] args)
    {
        var rounds = Turns.Rounds(args, 12);
        var (file, label) = SharedTables.Adult();
        using var stream = new MemoryStream(file, writable: false);
        var source = Csv.Stream(stream, label);
        var table = new ReadTable(await source.ReadAsync(new SourceContext(), CancellationToken.None));
        var trainer = new TimedTrainer(Trees.GradientBoosting());
        await MeasureAsync("pipeline", Pipeline.From(table).Split().Train(trainer), trainer, rounds);
        await MeasureAsync("pipeline.all", Pipeline.From(source).Clean().Split().Train(trainer).Evaluate(), trainer, rounds);
    }

    private static async Task MeasureAsync(string name, Pipeline pipeline, TimedTrainer trainer, int rounds)
    {
        List<double> whole = [], training = [];
        var stages = new Dictionary<string, List<double>>();
        for (var round = -rounds; round < rounds; round++)
        {
            GC.Collect();
            var clock = Stopwatch.GetTimestamp();
            var run = await pipeline.RunAsync();
            var taken = Stopwatch.GetElapsedTime(clock);
            if (round < 0) continue;
            whole.Add(taken.TotalSeconds);
            training.Add(trainer.Taken.TotalSeconds);
            foreach (var timing in run.Timings)
            {
                if (!stages.TryGetValue(timing.Stage, out var times)) stages[timing.Stage] = times = [];
                times.Add(timing.Duration.TotalSeconds);
            }
        }

        Peers.Print(name, Turns.Median(whole), $"{trainer.Name} in the same runs", Turns.Median(training), "s");
        foreach (var (stage, times) in stages) Peers.Print($"{name}.{stage.ToLowerInvariant()}", Turns.Median(times), "s");
    }

    /// <summary>A table as a source.</summary>
    private sealed class ReadTable(Table table) : IDataSource
    {
        public string Description => "a table";

        public ValueTask<Table> ReadAsync(SourceContext context, CancellationToken cancellationToken) => new(table);
    }

    /// <summary>A trainer that says how long it took the last time.</summary>
    private sealed class TimedTrainer(ITrainer trainer) : ITrainer
    {
        public TimeSpan Taken { get; private set; }

        public string Name => trainer.Name;

        public TrainerNeeds Needs => trainer.Needs;

        public IEnumerable<Problem> Validate() => trainer.Validate();

        public async ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
        {
            var clock = Stopwatch.GetTimestamp();
            var model = await trainer.TrainAsync(data, context, cancellationToken);
            Taken = Stopwatch.GetElapsedTime(clock);
            return model;
        }
    }
}
