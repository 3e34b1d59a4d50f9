using System.Diagnostics;
using ModelTraining.Onnx;

namespace ModelTraining.Benchmarks;

/// <summary>
/// A step of training (forward, backward, Adam) on the stock ONNX Runtime beside PyTorch's, each at its best number of threads, in turn; and our own part of it: what
/// the step takes beyond a bare run of the same session.
/// </summary>
internal static class NetworksComparison
{
    /// <param name="args">The number of rounds; 3 when it is left out. Then the names of the networks; all when they are left out.</param>
    public static async Task RunAsync(string[] args)
    {
        var rounds = Turns.Rounds(args, 3);
        var networks = BenchmarkedNetwork.Named(args.Skip(1));
        foreach (var network in networks)
        {
            var (ours, theirs, peer) = (new List<double>(), new List<double>(), "");
            for (var round = 0; round < rounds; round++)
            {
                ours.Add(new[] { 1, Environment.ProcessorCount }.Distinct().Min(threads => Measure(network, threads)));
                foreach (var measured in await Peers.RunAsync("networks.py", network.Name, Environment.ProcessorCount.ToString(System.Globalization.CultureInfo.InvariantCulture)))
                {
                    theirs.Add(measured.Fit);
                    peer = measured.Peer;
                }
            }

            if (theirs.Count > 0) Peers.Print($"networks.{network.Name}", Turns.Median(ours), peer, Turns.Median(theirs), "ms");
            else Peers.Print($"networks.{network.Name}", Turns.Median(ours), "ms");
        }

        foreach (var network in networks) Peers.Print($"networks.{network.Name}.allocated", Allocated(network), "bytes a step");
    }

    /// <summary>The median milliseconds of a step.</summary>
    private static double Measure(BenchmarkedNetwork network, int threads)
    {
        using var session = Open(network, threads);
        var batch = network.Batch();
        var settings = new StepSettings { LearningRate = 1e-4 };
        for (var i = 0; i < network.Steps / 5; i++) session.Step(batch, settings);
        var steps = new List<double>(network.Steps);
        for (var i = 0; i < network.Steps; i++)
        {
            var clock = Stopwatch.GetTimestamp();
            session.Step(batch, settings);
            steps.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }

        return Turns.Median(steps);
    }

    private static double Allocated(BenchmarkedNetwork network)
    {
        using var session = Open(network, Environment.ProcessorCount);
        var batch = network.Batch();
        var settings = new StepSettings { LearningRate = 1e-4 };
        for (var i = 0; i < 20; i++) session.Step(batch, settings);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < 20; i++) session.Step(batch, settings);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / 20.0;
    }

    private static ITrainingSession Open(BenchmarkedNetwork network, int threads) =>
        new OnnxRuntimeBackend().Compile(network.Build(), new BackendSettings { Optimizer = new Adam(), Threads = threads });
}
