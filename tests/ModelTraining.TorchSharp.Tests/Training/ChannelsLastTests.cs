using ModelTraining.Onnx;
using ModelTraining.Torch;
using TorchSharp;

namespace ModelTraining.Tests.Training;

public class ChannelsLastTests
{
    private const int Rows = 4, Side = 12;

    [OneTimeSetUp]
    public void NeedLibtorch() => Libtorch.Require(Device.Cpu);

    [TestCase(false)]
    [TestCase(true)]
    public void Step_with_the_channels_side_by_side_is_the_step_without(bool checkpointing)
    {
        var graph = Network();
        using var plain = Open(graph, new TorchSharpOptions { ChannelsLast = false });
        using var last = Open(graph, new TorchSharpOptions { ChannelsLast = true, ActivationCheckpointing = checkpointing });
        var batch = Batch();
        var settings = new StepSettings { LearningRate = 0.01, MaxGradNorm = 0.5, AverageShare = 0.1 };
        for (var i = 0; i < 3; i++)
        {
            var (expected, actual) = (plain.Step(batch, settings with { Share = 0.5, Update = i > 0 }), last.Step(batch, settings with { Share = 0.5, Update = i > 0 }));
            Assert.That(actual.Loss, Is.EqualTo(expected.Loss).Within(1e-5));
        }

        foreach (var tensor in plain.Tensors) Assert.That(last.Read(tensor.Name), Is.EqualTo(plain.Read(tensor.Name)).Within(2e-5), tensor.Name);
        Assert.That(last.Evaluate(batch, []), Is.EqualTo(plain.Evaluate(batch, [])).Within(1e-5));
    }

    [Test]
    public void Write_and_Read_keep_the_order_of_a_kernel()
    {
        using var session = Open(Network(), new TorchSharpOptions { ChannelsLast = true });
        var tensor = session.Tensors.First(tensor => tensor.Shape.Length == 4 && tensor.Shape[1] > 1);
        float[] values = [.. Enumerable.Range(0, tensor.Count).Select(i => (float)i)];
        session.Write(tensor.Name, values);
        Assert.That(session.Read(tensor.Name), Is.EqualTo(values));
    }

    [Test]
    public void ChannelsLast_of_a_tensor_has_its_strides_and_its_elements()
    {
        using var tensor = TorchTensors.ChannelsLast(TorchTensors.Of(Tensor.Of([.. Enumerable.Range(0, 24).Select(i => (float)i)], 2, 3, 2, 2), torch.CPU));
        Assert.That(tensor.stride(), Is.EqualTo(new long[] { 12, 1, 6, 3 }));
        Assert.That(tensor[1, 2, 1, 0].item<float>(), Is.EqualTo(22));
    }

    [Test]
    public void Script_asks_for_the_channels_side_by_side_at_convolutions_of_images_alone()
    {
        var graph = Network();
        string Written(bool channelsLast) => new SessionGraphs(graph, drawsNoise: false).Step(Batch(), new ScriptForm(ChannelsLast: channelsLast)).Write();
        Assert.That(Written(false), Does.Not.Contain("memory_format"));
        Assert.That(Written(true).Split("memory_format=2").Length - 1, Is.EqualTo(2 * graph.Graph.Nodes.Count(node => node.OpType is "Conv" or "ConvTranspose")), "picture and kernel of each");
    }

    internal static TrainingGraph Network()
    {
        var random = new SeededRandom(1);
        var graph = new Graph("pictures");
        var pixels = graph.Input("pixels", ElementType.Float, Dimension.Batch, 3, Side, Side);
        var target = graph.Input("target", ElementType.Int64, Dimension.Batch);
        var value = pixels.Conv2D(8, 3, random, padding: 1, bias: false).BatchNorm().Relu();
        value = (value.Conv2D(8, 3, random, padding: 1, groups: 4) + value).Relu().MaxPool2D(2);
        value = value.ConvTranspose2D(6, 2, random, stride: 2).Conv2D(8, 1, random, stride: 2).GlobalAveragePool().Reshape(-1, 8).Dense(4, random);
        graph.Output("scores", value);
        var loss = Onnx.Losses.CrossEntropy()(value, target);
        return new TrainingGraph { Graph = graph, Loss = loss.Name, Outputs = ["scores"], Weights = [.. Onnx.Gradients.Weights(loss).Select(weight => new TrainedWeight(weight.Name))] };
    }

    internal static TrainingBatch Batch()
    {
        var random = new SeededRandom(2);
        var batch = new TrainingBatch([new BatchInput("pixels", ElementType.Float, [3, Side, Side]), new BatchInput("target", ElementType.Int64, [])], Rows);
        foreach (ref var pixel in batch.Floats(0)) pixel = (float)random.NextNormal();
        foreach (ref var label in batch.Integers(1)) label = random.Next(4);
        return batch;
    }

    private static ITrainingSession Open(TrainingGraph graph, TorchSharpOptions options) =>
        new TorchSharpBackend(Device.Cpu, options).Compile(graph, new BackendSettings { Optimizer = new Adam(), Threads = 1, KeepsAverage = true });
}
