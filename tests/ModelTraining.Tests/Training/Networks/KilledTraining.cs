using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ModelTraining.Tests.Training.Networks;

/// <summary>A training in a process of its own, which a test kills. It checkpoints after every update.</summary>
internal static class KilledTraining
{
    public const string Verb = "train-until-killed";
    private const string Ended = "weights.bin";

    /// <summary>The training: a small network, everything on that has a state.</summary>
    public static async Task<byte[]> RunAsync(CheckpointSettings? checkpoints, Action<string>? warn = null, Action? afterBatch = null)
    {
        var trainer = ModelTraining.Networks.Mlp(o => o with
        {
            Hidden = [24],
            Epochs = 8,
            BatchSize = 8,
            GradientAccumulationSteps = 2,
            LearningRate = 0.01,
            Dropout = 0.2,
            Schedule = new CosineSchedule(),
            Averaging = new ExponentialAveraging { Decay = 0.9 },
        });
        var context = new TrainingContext { Checkpoints = checkpoints, Warn = warning => warn?.Invoke(warning), Progress = afterBatch is null ? null : new Told(_ => afterBatch()), Time = new Hurried() };
        var model = (NetworkModel)await trainer.TrainAsync(NetworkTrainerTests.Curve(120), context, default);
        return [.. model.Weights.OrderBy(pair => pair.Key, StringComparer.Ordinal).Where(pair => pair.Value.Type == Onnx.ElementType.Float).SelectMany(pair => MemoryMarshal.AsBytes(pair.Value.Elements<float>()).ToArray())];
    }

    /// <summary>What the other process does: a line for each batch and each warning, at the end the weights into a file.</summary>
    public static int Main(string[] arguments)
    {
        if (arguments is not [Verb, var folder]) return 2;
        var weights = RunAsync(new CheckpointSettings(Path.Combine(folder, "checkpoints")) { Every = TimeSpan.Zero }, warning => Tell($"warning {warning}"), () => Tell("batch")).GetAwaiter().GetResult();
        File.WriteAllBytes(Path.Combine(folder, Ended), weights);
        return 0;

        static void Tell(string line)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }

    public static Process Start(string folder) => Process.Start(new ProcessStartInfo("dotnet", [typeof(KilledTraining).Assembly.Location, Verb, folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>The weights that the process ended with.</summary>
    public static byte[] Weights(string folder) => File.ReadAllBytes(Path.Combine(folder, Ended));

    /// <summary>A second goes by whenever somebody looks.</summary>
    private sealed class Hurried : TimeProvider
    {
        private long _seconds;

        public override long GetTimestamp() => ++_seconds * TimestampFrequency;
    }
}
