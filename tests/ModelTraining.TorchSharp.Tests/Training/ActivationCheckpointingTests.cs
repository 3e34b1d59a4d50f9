using System.Globalization;
using System.Runtime.InteropServices;
using ModelTraining.Onnx;
using ModelTraining.Torch;

namespace ModelTraining.Tests.Training;

public partial class ActivationCheckpointingTests
{
    private const int MapThreshold = -3; // M_MMAP_THRESHOLD
    private const int Mebi = 1 << 20;

    private static readonly StepSettings Settings = new() { LearningRate = 0.01 };

    private static IEnumerable<TestCaseData> Networks()
    {
        yield return Case("dense", Deep(8, (value, random, i) => value.Dense(16, random).Tanh()));
        yield return Case("residual", Deep(8, (value, random, i) => value.Residual(part => part.LayerNorm().Dense(16, random).Gelu())));
        yield return Case("a value that goes past many segments", SmallNetworks.Regression(16, Skipping));
        yield return Case("a weight in several places", SmallNetworks.Regression(16, value => Enumerable.Range(0, 6).Aggregate(value, (x, _) => (x * x.Graph["first.bias"]).Sin() + x)));
        yield return Case("dropout", Deep(6, (value, random, i) => value.Dense(16, random).Relu().Dropout(0.3f)));
        yield return Case("batch normalisation", Deep(6, (value, random, i) => value.Dense(16, random).BatchNorm().Relu()));
        yield return Case("truths between segments", SmallNetworks.Regression(16, value => Masked(value, 4)));
        static TestCaseData Case(string name, TrainingGraph graph) => new TestCaseData(graph).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Networks))]
    public void Step_in_segments_is_the_step_as_a_whole(TrainingGraph graph)
    {
        Libtorch.Require(Device.Cpu);
        using var whole = Open(graph, checkpointing: false);
        using var parts = Open(graph, checkpointing: true);
        var batch = SmallNetworks.Batch(64);
        Assert.That(Cuts(graph, batch), Has.Count.GreaterThan(1));
        for (var i = 0; i < 4; i++)
        {
            var settings = Settings with { NoiseSeed = (ulong)i, Update = i % 2 != 0, Share = 0.5, MaxGradNorm = 0.5 };
            var (expected, actual) = (whole.Step(batch, settings), parts.Step(batch, settings));
            Assert.That(actual.Loss, Is.EqualTo(expected.Loss).Within(1e-6), $"step {i}");
            if (settings.Update) Assert.That(actual.GradNorm, Is.EqualTo(expected.GradNorm).Within(1e-6 * Math.Max(1, expected.GradNorm)), $"step {i}");
        }

        foreach (var tensor in whole.Tensors) Assert.That(parts.Read(tensor.Name), Is.EqualTo(whole.Read(tensor.Name)).Within(1e-5), tensor.Name);
    }

    [Test]
    public void Step_in_segments_works_in_16_bits()
    {
        Libtorch.Require(Device.Cpu);
        var graph = Deep(8, (value, random, i) => value.Residual(part => part.Dense(16, random).Gelu()));
        using var whole = Open(graph, checkpointing: false, Precision.Float16);
        using var parts = Open(graph, checkpointing: true, Precision.Float16);
        var batch = SmallNetworks.Batch(64);
        for (var i = 0; i < 10; i++) Assert.That(parts.Step(batch, Settings).Loss, Is.EqualTo(whole.Step(batch, Settings).Loss).Within(1e-2), $"step {i}");
        Assert.That(parts.Read(LossScale.Name), Is.EqualTo(whole.Read(LossScale.Name)));
    }

    [Test]
    public void Segments_of_a_chain_of_equals_are_as_many_as_their_square_root()
    {
        var graph = SmallNetworks.Regression(64, value => Enumerable.Range(0, 64).Aggregate(value, (x, _) => x.Tanh()));
        Assert.That(Cuts(graph, SmallNetworks.Batch(256)), Has.Count.InRange(5, 11));
    }

    [Test]
    public void Segments_of_a_network_that_would_keep_no_less_are_none()
    {
        var graph = new Graph("short");
        var x = graph.Input("features", ElementType.Float, Dimension.Batch, SmallNetworks.Features);
        var loss = graph.Output("loss", (x * SmallNetworks.Weight(graph, "weight", SmallNetworks.Features)).ReduceSum(keepDims: false));
        Assert.That(Cuts(new TrainingGraph { Graph = graph, Loss = loss.Name, Outputs = [loss.Name], Weights = [new TrainedWeight("weight")] }, SmallNetworks.Batch(16)), Is.Empty);
    }

    [Test]
    [Platform("Linux", Reason = "reads the peak of the process's memory from /proc")]
    [NonParallelizable]
    public void Step_in_segments_takes_less_memory()
    {
        Libtorch.Require(Device.Cpu);
        var graph = SmallNetworks.Regression(512, value => Enumerable.Range(0, 40).Aggregate(value, (x, _) => (x * x.Graph["first.bias"]).Tanh()));
        var batch = SmallNetworks.Batch(2048); // 4 MiB a value
        Assert.That(SetAllocator(MapThreshold, Mebi), Is.EqualTo(1)); // What is larger goes back to the system as soon as it is let go (mallopt(3)).
        var parts = Peak(graph, batch, checkpointing: true);
        var whole = Peak(graph, batch, checkpointing: false);
        Assert.That(SetAllocator(MapThreshold, 32 * Mebi), Is.EqualTo(1));
        TestContext.Out.WriteLine($"whole {whole >> 20} MiB, in segments {parts >> 20} MiB");
        Assert.That(parts, Is.LessThan(0.6 * whole));
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocator(int parameter, int value);

    /// <summary>By how much the process's peak rises above what it held before.</summary>
    private static long Peak(TrainingGraph graph, TrainingBatch batch, bool checkpointing)
    {
        using var session = Open(graph, checkpointing);
        session.Step(batch, Settings);
        File.WriteAllText("/proc/self/clear_refs", "5"); // The peak is that from here on (proc(5)).
        var before = Status("VmHWM");
        session.Step(batch, Settings);
        return Status("VmHWM") - before;
    }

    private static long Status(string name) => long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', '\t', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;

    private static IReadOnlyList<int> Cuts(TrainingGraph graph, TrainingBatch batch)
    {
        var sized = new SizedGraph(graph.Graph, batch.Inputs.Index().ToDictionary(input => input.Item.Name, input => (long[])[batch.Rows, .. input.Item.RowShape]));
        return SegmentPlan.Of(sized, sized.Graph.Nodes.Count - 1);
    }

    private static Value Skipping(Value value)
    {
        var (first, x) = (value.Tanh(), value);
        for (var i = 0; i < 6; i++) x = (x.Sigmoid() * first) + x.Tanh();
        return x + first;
    }

    private static Value Masked(Value value, int times)
    {
        var isPositive = (value - 0.1f).Greater(value.Graph.Constant(0f));
        for (var i = 0; i < times; i++) value = isPositive.Where(value.Tanh(), value.Sigmoid().Exp()).Tanh();
        return value;
    }

    private static TrainingGraph Deep(int layers, Func<Value, SeededRandom, int, Value> layer)
    {
        var random = new SeededRandom(1);
        var graph = SmallNetworks.Regression(16, value => Enumerable.Range(0, layers).Aggregate(value, (x, i) => layer(x, random, i)));
        return graph with { Weights = [.. Onnx.Gradients.Weights(graph.Graph["loss"]).Select(weight => new TrainedWeight(weight.Name))] };
    }

    private static ITrainingSession Open(TrainingGraph graph, bool checkpointing, Precision precision = Precision.Float32) =>
        new TorchSharpBackend(Device.Cpu, new TorchSharpOptions { ActivationCheckpointing = checkpointing, Precision = precision }).Compile(graph, new BackendSettings { Optimizer = new Adam(), Threads = 1 });
}
