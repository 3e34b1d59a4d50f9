using System.Diagnostics;
using ModelTraining.Onnx;

namespace ModelTraining.Benchmarks;

/// <summary>
/// A step of training (forward, backward, Adam) on the stock ONNX Runtime beside PyTorch's, each at its best number of threads, in turn; and our own part of it: what
/// the step takes beyond a bare run of the same session.
/// </summary>
internal static class NetworksComparison
{
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(0.5), Compared = TimeSpan.FromSeconds(1), Watched = TimeSpan.FromSeconds(2);

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

        foreach (var network in networks) Own(network);
    }

    /// <summary>The median milliseconds of a step.</summary>
    private static double Measure(BenchmarkedNetwork network, int threads)
    {
        using var session = Open(network, threads);
        var batch = network.Batch();
        var settings = new StepSettings { LearningRate = 1e-4 };
        WarmUp(network, () => session.Step(batch, settings));
        var steps = new List<double>(network.Steps);
        for (var i = 0; i < network.Steps; i++)
        {
            var clock = Stopwatch.GetTimestamp();
            session.Step(batch, settings);
            steps.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }

        return Turns.Median(steps);
    }

    /// <summary>What is ours in a step: time beyond a bare run of the same bound session (which has the optimizer in it), managed bytes, and what the process grows by.</summary>
    private static void Own(BenchmarkedNetwork network)
    {
        using var session = (OnnxRuntimeTrainingSession)Open(network, Environment.ProcessorCount);
        var batch = network.Batch();
        var settings = new StepSettings { LearningRate = 1e-4 };
        WarmUp(network, () => session.Step(batch, settings));
        var (whole, bare) = (new List<double>(), new List<double>());
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < network.Steps || clock.Elapsed < Compared; i++)
        {
            whole.Add(Milliseconds(() => session.Step(batch, settings)));
            bare.Add(Milliseconds(() => session.RunAlone(batch)));
        }

        Peers.Print($"networks.{network.Name}.overhead", Turns.Median(whole), "the same bound session in a bare loop", Turns.Median(bare), "ms");
        var steps = Math.Clamp((int)(Watched.TotalMilliseconds / Turns.Median(whole)), 1, 1000);
        GC.Collect();
        var resident = PeakMemory.Resident();

        // The runtime allocates now and then for itself; what steps allocate, they allocate each time.
        var bytes = Enumerable.Range(0, 3).Min(_ =>
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < steps; i++) session.Step(batch, settings);
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        });
        Peers.Print($"networks.{network.Name}.allocated", (double)bytes / steps, "managed bytes a step");
        if (resident is { } before) Peers.Print($"networks.{network.Name}.memory", (PeakMemory.Resident()!.Value - before) / 1024.0, $"KiB that the process grows by in {3 * steps} steps");
    }

    /// <summary>Until the code is compiled as hot as it gets: a fifth of the steps, and half a second.</summary>
    private static void WarmUp(BenchmarkedNetwork network, Action step)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < network.Steps / 5 || clock.Elapsed < Warm; i++) step();
    }

    private static double Milliseconds(Action action)
    {
        var clock = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
    }

    private static ITrainingSession Open(BenchmarkedNetwork network, int threads) =>
        new OnnxRuntimeBackend().Compile(network.Build(), new BackendSettings { Optimizer = new Adam(), Threads = threads });
}
