using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ModelTraining.Benchmarks;

/// <summary>A step of ours, measured in a process of its own, so that the memory is its own too. It prints the line of JSON that the peers' script prints.</summary>
internal static class OwnStep
{
    private const int WarmUp = 5, Parts = 5;

    /// <summary>Measures, in this process, the fastest of a few parts: what else the machine does is none of a step's.</summary>
    public static void Measure(string name, Device device, string size, int threads)
    {
        var network = LargeNetworks.Named(name, size);
        var precision = LargeNetworks.PrecisionOf(name, device);
        var (graph, batch) = (network.Build(), network.Batch());
        var before = AfterStart(device, threads);
        using var session = Open(graph, device, precision, threads);
        var settings = new StepSettings { LearningRate = 1e-4 };
        for (var i = 0; i < WarmUp; i++) session.Step(batch, settings);
        Read(session);
        var (loss, step) = (0.0, double.MaxValue);
        for (var part = 0; part < Parts; part++)
        {
            var clock = Stopwatch.GetTimestamp();
            for (var i = 0; i < network.Steps / Parts; i++) loss = session.Step(batch, settings).Loss;
            Read(session); // Until the last update is done.
            step = Math.Min(step, Stopwatch.GetElapsedTime(clock).TotalMilliseconds / (network.Steps / Parts));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"peer\":\"ours\",\"fit\":{step:0.####},\"score\":{(session.Memory.PeakBytes - before) / 1048576.0:0.#},\"quality\":{loss:0.####}}}"));
    }

    /// <summary>The memory that is taken when a network of a few weights has made a step: what CUDA itself takes is no network's.</summary>
    private static long AfterStart(Device device, int threads)
    {
        var network = LargeNetworks.Named("mlp", "tiny");
        using var session = Open(network.Build(), device, Precision.Float32, threads);
        session.Step(network.Batch(), new StepSettings { LearningRate = 1e-4 });
        return session.Memory.Bytes;
    }

    /// <summary>Measures, in another process.</summary>
    public static async Task<PeerMeasurement> RunAsync(string name, Device device, string size, int threads)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var argument in new[] { "own", name, device.IsCuda ? "cuda" : "cpu", size, threads.ToString(CultureInfo.InvariantCulture) }) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"The measurement of {name} ended with {process.ExitCode}. {DeviceReport.Diagnose()}");
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        return new PeerMeasurement("ours", root.GetProperty("fit").GetDouble(), root.GetProperty("score").GetDouble(), root.GetProperty("quality").GetDouble());
    }

    private static ITrainingSession Open(TrainingGraph graph, Device device, Precision precision, int threads) =>
        new TorchSharpBackend(device, new TorchSharpOptions { Precision = precision }).Compile(graph, new BackendSettings { Optimizer = new AdamW(), Threads = threads });

    private static void Read(ITrainingSession session)
    {
        var smallest = session.Tensors.Where(tensor => tensor.Kind == SessionTensorKind.Weight).MinBy(tensor => tensor.Count)!;
        session.Read(smallest.Name, new float[smallest.Count]);
    }
}
