using ModelTraining.Onnx;

namespace ModelTraining.Tests.Training;

public class BranchNetworkTests
{
    private const int Samples = 576, Layers = 2, Width = 128;

    [OneTimeSetUp]
    public void NeedLibtorch() => Libtorch.Require(Device.Cpu);

    /// <summary>Which of its branches are taken follows from the sizes of the inputs.</summary>
    [Test]
    public void Step_of_a_network_with_branches_is_that_of_the_default_backend()
    {
        var graph = OnnxFile.Load(TestData.Shared("models/silero-vad/silero-vad-16k.onnx"));
        graph["input"].Shape = [Dimension.Batch, Samples];
        graph["state"].Shape = [Layers, Dimension.Batch, Width];
        var output = graph.Outputs[0];
        var loss = graph.Output("loss", (output * output).ReduceMean(keepDims: false));
        var training = new TrainingGraph { Graph = graph, Loss = "loss", Outputs = [output.Name], Weights = [.. Onnx.Gradients.Weights(loss).Select(weight => new TrainedWeight(weight.Name))] };
        var batch = new TrainingBatch([new BatchInput("input", ElementType.Float, [Samples]), new BatchInput("state", ElementType.Float, [Layers, Width])], Layers);
        var random = new SeededRandom(1);
        for (var i = 0; i < 2; i++) foreach (ref var element in batch.Floats(i)) element = (float)random.NextNormal();
        var settings = new BackendSettings { Optimizer = new Sgd(), Threads = 2 };
        using var expected = new OnnxRuntimeBackend().Compile(training, settings);
        using var actual = new TorchSharpBackend(Device.Cpu).Compile(training, settings);
        using var parts = new TorchSharpBackend(Device.Cpu, new TorchSharpOptions { ActivationCheckpointing = true }).Compile(training, settings);
        for (var i = 0; i < 2; i++)
        {
            var step = new StepSettings { LearningRate = 1e-3 };
            var (wanted, given, inParts) = (expected.Step(batch, step), actual.Step(batch, step), parts.Step(batch, step));
            Assert.That(given.Loss, Is.EqualTo(wanted.Loss).Within(1e-4 * wanted.Loss));
            Assert.That(given.GradNorm, Is.EqualTo(wanted.GradNorm).Within(1e-4 * wanted.GradNorm));
            Assert.That(inParts.GradNorm, Is.EqualTo(wanted.GradNorm).Within(1e-4 * wanted.GradNorm));
        }

        Assert.That(actual.FindNotFinite(batch, new StepSettings { LearningRate = 0 }), Is.Null);
    }
}
