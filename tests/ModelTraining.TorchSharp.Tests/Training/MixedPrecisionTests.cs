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

    [TestCase(Precision.BFloat16, 0.05)]
    [TestCase(Precision.Float16, 0.02)]
    public void Step_of_convolutions_and_batch_normalisation_in_16_bits_follows_that_in_32(Precision precision, double tolerance)
    {
        var random = new SeededRandom(1);
        var graph = new Graph("pictures");
        var pixels = graph.Input("features", ElementType.Float, Dimension.Batch, 2, 8, 8);
        var target = graph.Input("target", ElementType.Int64, Dimension.Batch);
        var value = pixels.Conv2D(8, 3, random, padding: 1, bias: false).BatchNorm().Relu();
        value = (value + value.Conv2D(8, 3, random, padding: 1, bias: false).BatchNorm()).Relu().MaxPool2D(2).GlobalAveragePool().Reshape(-1, 8).Dense(3, random);
        graph.Output("scores", value);
        var loss = Onnx.Losses.CrossEntropy()(value, target);
        var training = new TrainingGraph { Graph = graph, Loss = loss.Name, Outputs = ["scores"], Weights = [.. Onnx.Gradients.Weights(loss).Select(weight => new TrainedWeight(weight.Name))] };
        var batch = new TrainingBatch([new BatchInput("features", ElementType.Float, [2, 8, 8]), new BatchInput("target", ElementType.Int64, [])], 12);
        foreach (ref var pixel in batch.Floats(0)) pixel = (float)random.NextNormal();
        foreach (ref var label in batch.Integers(1)) label = random.Next(3);
        using var full = Open(training, Precision.Float32);
        using var mixed = Open(training, precision);
        for (var i = 0; i < 20; i++)
        {
            var expected = full.Step(batch, new StepSettings { LearningRate = 0.003 }).Loss;
            Assert.That(mixed.Step(batch, new StepSettings { LearningRate = 0.003 }).Loss, Is.EqualTo(expected).Within(tolerance), $"step {i}");
        }

        var mean = training.Graph.Nodes.First(node => node.OpType == "BatchNormalization").Inputs[3];
        Assert.That(mixed.Read(mean), Is.EqualTo(full.Read(mean)).Within(tolerance).And.Some.Not.Zero);
    }

    private static ITrainingSession Open(TrainingGraph graph, Precision precision) =>
        new TorchSharpBackend(Device.Cpu, new TorchSharpOptions { Precision = precision, InitialLossScale = 1024 }).Compile(graph, new BackendSettings { Optimizer = new Adam(), Threads = 1 });
}
