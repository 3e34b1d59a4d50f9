using ModelTraining.Onnx;

namespace ModelTraining.Tests.Training;

public class MixedPrecisionTests
{
    [OneTimeSetUp]
    public void NeedLibtorch() => Libtorch.Require(Device.Cpu);

    [Test]
    public void Step_in_bfloat16_follows_that_in_32_bits_and_differs()
    {
        var random = new SeededRandom(1);
        var graph = SmallNetworks.Regression(hidden: 16, value => value.Dense(16, random, name: "middle").LayerNorm(name: "norm").Tanh().Reshape(-1, 4, 4).MultiHeadAttention(2, random, name: "attention").Reshape(-1, 16));
        graph = graph with { Weights = [.. Onnx.Gradients.Weights(graph.Graph["loss"]).Select(weight => new TrainedWeight(weight.Name))] };
        using var full = Open(graph, Precision.Float32);
        using var mixed = Open(graph, Precision.BFloat16);
        var batch = SmallNetworks.Batch(32);
        var (first, differs) = (0.0, false);
        for (var i = 0; i < 60; i++)
        {
            var expected = full.Step(batch, new StepSettings { LearningRate = 0.01 }).Loss;
            var loss = mixed.Step(batch, new StepSettings { LearningRate = 0.01 }).Loss;
            if (i == 0) first = expected;
            Assert.That(loss, Is.EqualTo(expected).Within(0.05 * first), $"step {i}");
            differs |= Math.Abs(loss - expected) > 1e-4 * expected;
        }

        Assert.That(differs, Is.True, "products of 16 bits give other bits");
        Assert.That(mixed.Evaluate(batch, []), Is.LessThan(first / 3));
        Assert.That(mixed.Read("first.weight").Any(value => (BitConverter.SingleToInt32Bits(value) & 0xFFFF) != 0), Is.True, "the weights themselves keep 32 bits");
    }

    private static ITrainingSession Open(TrainingGraph graph, Precision precision) =>
        new TorchSharpBackend(Device.Cpu, new TorchSharpOptions { Precision = precision }).Compile(graph, new BackendSettings { Optimizer = new Adam(), Threads = 1 });
}
