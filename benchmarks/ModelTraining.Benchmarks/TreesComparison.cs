using System.Diagnostics;

namespace ModelTraining.Benchmarks;

/// <summary>
/// Fits and scores 100 trees of 31 leaves on 500,000 rows of 28 features (400,000 to train), ours and the peers in turn, and prints a line of JSON a
/// figure: medians over the rounds.
/// </summary>
internal static class TreesComparison
{
    private const int Rows = 500_000;
    private const int TrainingRows = 400_000;
    private const string Ours = "ModelTraining";

    /// <param name="args">The number of rounds; 3 when it is left out.</param>
    public static async Task RunAsync(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 3;
        var data = new SyntheticClasses(Rows, seed: 1);
        var file = Path.GetTempFileName();
        try
        {
            data.Write(file);
            var measured = new List<PeerMeasurement>();
            await MeasureAsync(data); // compiles the hot loops
            for (var round = 0; round < rounds; round++)
            {
                measured.Add(await MeasureAsync(data));
                measured.AddRange(await Peers.RunAsync("trees.py", file, Rows.ToString(System.Globalization.CultureInfo.InvariantCulture), TrainingRows.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            }

            var ours = Of(measured, Ours);
            foreach (var peer in measured.Select(measurement => measurement.Peer).Distinct().Where(peer => peer != Ours))
            {
                var theirs = Of(measured, peer);
                Peers.Print("trees.fit", ours.Fit, peer, theirs.Fit, "s");
                Peers.Print("trees.score", ours.Score, peer, theirs.Score, "s");
                Peers.Print("trees.auc", ours.Auc, peer, theirs.Auc, "area");
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<PeerMeasurement> MeasureAsync(SyntheticClasses data)
    {
        var training = data.Data(TrainingRows);
        var context = new TrainingContext { Threads = Environment.ProcessorCount };
        var clock = Stopwatch.GetTimestamp();
        var model = await Trees.GradientBoosting(options => options with { Trees = 100 }).TrainAsync(training, context, CancellationToken.None);
        var fit = Stopwatch.GetElapsedTime(clock).TotalSeconds;

        var test = Enumerable.Range(TrainingRows, Rows - TrainingRows).ToArray();
        var outputs = new float[test.Length * 2];
        clock = Stopwatch.GetTimestamp();
        model.Predict(training.Features, test, outputs, Environment.ProcessorCount);
        var score = Stopwatch.GetElapsedTime(clock).TotalSeconds;

        var positive = new float[test.Length];
        for (var i = 0; i < positive.Length; i++) positive[i] = outputs[(2 * i) + 1];
        return new PeerMeasurement(Ours, fit, score, RocAuc.Of(positive, data.Target.AsSpan(TrainingRows)));
    }

    private static PeerMeasurement Of(List<PeerMeasurement> measured, string peer)
    {
        var own = measured.Where(measurement => measurement.Peer == peer).ToList();
        return new PeerMeasurement(peer, Median(own, measurement => measurement.Fit), Median(own, measurement => measurement.Score), Median(own, measurement => measurement.Auc));
    }

    private static double Median(List<PeerMeasurement> measured, Func<PeerMeasurement, double> figure)
    {
        var sorted = measured.Select(figure).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
