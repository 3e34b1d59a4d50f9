using System.Diagnostics;
using System.Globalization;

namespace ModelTraining.Benchmarks;

/// <summary>
/// Boosts trees, ours and the peers in turn, and prints a line of JSON a figure, medians over the rounds: 100 trees of 31 leaves on 500,000 rows of 28
/// features, 400,000 of them to train; then real tables, everyone with their own defaults.
/// </summary>
internal static class TreesComparison
{
    private const string Ours = "ModelTraining";

    /// <param name="args">The number of rounds; 3 when it is left out.</param>
    public static async Task RunAsync(string[] args)
    {
        var rounds = Turns.Rounds(args, 3);
        var synthetic = SyntheticClasses.Of(500_000, 400_000, seed: 1);
        await MeasureAsync(SyntheticClasses.Of(20_000, 16_000, seed: 1), 0); // compiles the hot loops
        await PrintMemoryAsync(synthetic);
        await CompareAsync(synthetic, rounds);
        foreach (var table in await RealTables.AllAsync()) await CompareAsync(table, rounds);
    }

    private static async Task CompareAsync(BoostingCase data, int rounds)
    {
        var file = Path.GetTempFileName();
        try
        {
            data.Write(file);
            var categories = string.Join(',', data.Features.Index().Where(feature => feature.Item.Kind == FeatureKind.Category).Select(feature => feature.Index));
            var measured = new List<PeerMeasurement>();
            await MeasureAsync(data, 0);
            for (var round = 0; round < rounds; round++)
            {
                measured.Add(await MeasureAsync(data, round));
                measured.AddRange(await Peers.RunAsync("trees.py", file, Text(data.Rows), Text(data.TrainingRows), Text(data.Features.Length), data.Quality, data.Defaults ? "defaults" : "alike", categories));
            }

            var ours = Of(measured, Ours);
            foreach (var peer in measured.Select(measurement => measurement.Peer).Distinct().Where(peer => peer != Ours))
            {
                var theirs = Of(measured, peer);
                Peers.Print($"{data.Name}.fit", ours.Fit, peer, theirs.Fit, "s");
                Peers.Print($"{data.Name}.score", ours.Score, peer, theirs.Score, "s");
                Peers.Print($"{data.Name}.{data.Quality}", ours.Quality, peer, theirs.Quality, data.Quality);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<PeerMeasurement> MeasureAsync(BoostingCase data, int round)
    {
        var training = data.Data();
        var clock = Stopwatch.GetTimestamp();
        var model = await FitAsync(data, training, round);
        var fit = Stopwatch.GetElapsedTime(clock).TotalSeconds;

        var test = data.TestRows;
        var outputs = new float[test.Length * model.OutputCount];
        clock = Stopwatch.GetTimestamp();
        model.Predict(training.Features, test, outputs, Environment.ProcessorCount);
        var score = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        return new PeerMeasurement(Ours, fit, score, QualityOf(data, outputs));
    }

    /// <summary>Each round draws anew how gradients are rounded, so that the median is of what is luck in the quality, too.</summary>
    private static ValueTask<TrainedModel> FitAsync(BoostingCase data, TrainingData training, int round)
    {
        var context = new TrainingContext { Random = new SeededRandom((ulong)round), Threads = Environment.ProcessorCount };
        return Trees.GradientBoosting(options => data.Defaults ? options : options with { Trees = 100 }).TrainAsync(training, context, CancellationToken.None);
    }

    private static double QualityOf(BoostingCase data, float[] outputs)
    {
        var target = data.Target.AsSpan(data.TrainingRows);
        if (data.Task != LearningTask.Regression) return RocAuc.Of([.. outputs.Where((_, i) => i % 2 == 1)], target);
        var sum = 0.0;
        for (var i = 0; i < outputs.Length; i++) sum += Math.Pow(outputs[i] - target[i], 2);
        return Math.Sqrt(sum / outputs.Length);
    }

    /// <summary>By how much the process grows while it trains.</summary>
    private static async Task PrintMemoryAsync(BoostingCase data)
    {
        var training = data.Data();
        if (await PeakMemory.GrowthAsync(async () => await FitAsync(data, training, 0)) is { } growth) Peers.Print($"{data.Name}.memory", (double)growth / data.Features.Length / data.Rows, "bytes a value beyond the table");
    }

    private static PeerMeasurement Of(List<PeerMeasurement> measured, string peer)
    {
        var own = measured.Where(measurement => measurement.Peer == peer).ToList();
        return new PeerMeasurement(peer, Median(own, measurement => measurement.Fit), Median(own, measurement => measurement.Score), Median(own, measurement => measurement.Quality));
    }

    private static double Median(List<PeerMeasurement> measured, Func<PeerMeasurement, double> figure) => Turns.Median([.. measured.Select(figure)]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
