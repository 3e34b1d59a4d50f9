using Microsoft.ML.OnnxRuntime;

namespace ModelTraining.Benchmarks;

/// <summary>
/// Predicts adult.csv through <see cref="Predictor"/>, beside bare calls of ONNX Runtime on tensors that were prepared before: what is left is what bringing
/// raw values into form and taking the results costs. One row runs on one thread on both sides, many rows on all cores.
/// </summary>
internal static class PredictComparison
{
    private const int BatchRows = 10_000;
    private const int RowsAtATime = 500;

    /// <param name="args">The number of rounds; 15 when it is left out.</param>
    public static async Task RunAsync(string[] args)
    {
        var rounds = Turns.Rounds(args, 15);
        var (file, label) = SharedTables.Adult();
        using var stream = new MemoryStream(file, writable: false);
        var run = await Pipeline.From(Csv.Stream(stream, label)).Split().Train(Trees.GradientBoosting(options => options with { Trees = 100 })).RunAsync();
        using var predictor = run.CreatePredictor();
        var path = Path.GetTempFileName();
        try
        {
            run.Export(path);
            var inputs = predictor.Schema.Select(column => column.Name).ToArray();
            var table = run.Source.Take([.. Enumerable.Range(0, BatchRows)]);
            await CompareRowsAsync(predictor, path, table, inputs, rounds);
            await CompareBatchAsync(predictor, path, table, inputs, rounds);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task CompareRowsAsync(Predictor predictor, string path, Table table, string[] inputs, int rounds)
    {
        var rows = Enumerable.Range(0, RowsAtATime).Select(row => inputs.ToDictionary(name => name, name => table[name][row])).ToArray();
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var bare = new BareModel(path, options, table, inputs, RowsAtATime, rowsEach: 1);
        var medians = await Turns.MedianAsync(rounds, Ours, Theirs);
        Peers.Print("predict.row", medians[0] / RowsAtATime * 1000, BareModel.Peer, medians[1] / RowsAtATime * 1000, "us");
        Peers.Print("predict.row.allocated", Turns.AllocatedBytes(() => Ours()) / RowsAtATime, BareModel.Peer, Turns.AllocatedBytes(() => Theirs()) / RowsAtATime, "bytes");

        Task Ours()
        {
            foreach (var row in rows) predictor.Predict(row);
            return Task.CompletedTask;
        }

        Task Theirs()
        {
            for (var row = 0; row < RowsAtATime; row++) bare.Run(row);
            return Task.CompletedTask;
        }
    }

    private static async Task CompareBatchAsync(Predictor predictor, string path, Table table, string[] inputs, int rounds)
    {
        using var options = new SessionOptions();

        // Its threads would otherwise keep both cores busy with waiting while it is our turn.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        using var bare = new BareModel(path, options, table, inputs, batches: 1, rowsEach: BatchRows);
        ThrowIfDifferent(predictor.Predict(table), bare);
        var medians = await Turns.MedianAsync(rounds, Ours, Theirs);
        Peers.Print("predict.batch", medians[0], BareModel.Peer, medians[1], "ms");
        Peers.Print("predict.batch.allocated", Turns.AllocatedBytes(() => Ours()), BareModel.Peer, Turns.AllocatedBytes(() => Theirs()), "bytes");

        Task Ours()
        {
            predictor.Predict(table);
            return Task.CompletedTask;
        }

        Task Theirs()
        {
            bare.Run(0);
            return Task.CompletedTask;
        }
    }

    private static void ThrowIfDifferent(PredictionTable ours, BareModel bare)
    {
        var theirs = bare.Run(0);
        for (var i = 0; i < theirs.Length; i++)
        {
            if (Math.Abs(ours.Scores[i] - theirs[i]) > 1e-5) throw new InvalidOperationException($"Score {i} is {ours.Scores[i]}, the bare call's {theirs[i]}: not the same work.");
        }
    }
}
