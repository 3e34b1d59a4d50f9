namespace ModelTraining.Tests.Exports;

/// <summary>PyTorch's exports of torchvision's networks and of two transformers.</summary>
public class TorchExportedNetworkTests
{
    private static TorchSharpBackend Backend { get; } = new TorchSharpBackend(Device.Cpu);

    [OneTimeSetUp]
    public void NeedLibtorch() => Libtorch.Require(Device.Cpu);

    [TestCaseSource(typeof(ExportedNetwork), nameof(ExportedNetwork.Cases))]
    public void Step_of_an_exported_network_has_the_loss_and_the_gradients_of_the_default_backend(string network, int opset)
    {
        var (training, batch) = ExportedNetwork.Training(network, opset);
        // Not the formula, whose equal pixels are kinks of the maximum: there ONNX Runtime's own gradient moves by a hundredth when an input moves by a millionth.
        var random = new SeededRandom(1);
        if (batch.Inputs[0].Type == Onnx.ElementType.Float) foreach (ref var pixel in batch.Floats(0)) pixel = (float)random.NextNormal();
        var settings = new BackendSettings { Optimizer = new Sgd(), Threads = 2 };
        using var expected = new OnnxRuntimeBackend().Compile(training, settings);
        using var actual = Backend.Compile(training, settings);
        var step = new StepSettings { LearningRate = 0, NoiseSeed = 1 };
        var (wanted, given) = (expected.Step(batch, step), actual.Step(batch, step));
        Assert.That(given.Loss, Is.EqualTo(wanted.Loss).Within(1e-4 * wanted.Loss));
        // Normalised by the eight pixels of a batch, the last bits of a float grow until some unit is on the other side of its kink.
        var tolerance = network == "resnet18" && opset == 13 ? 2e-3 : 1e-4;
        Assert.That(given.GradNorm, Is.EqualTo(wanted.GradNorm).Within(tolerance * wanted.GradNorm));
    }

    [TestCaseSource(typeof(ExportedNetwork), nameof(ExportedNetwork.Cases))]
    public void Step_of_an_exported_network_lowers_its_loss(string network, int opset)
    {
        var (training, batch) = ExportedNetwork.Training(network, opset);

        // Plain gradient descent, by a hundredth of the loss if the network were linear.
        using var session = Backend.Compile(training, new BackendSettings { Optimizer = new Sgd(), Threads = 2 });
        var settings = new StepSettings { LearningRate = 0, NoiseSeed = 1 };
        var before = session.Step(batch, settings);
        var rate = 0.01 * before.Loss / (before.GradNorm * before.GradNorm);
        session.Step(batch, settings with { LearningRate = rate });
        Assert.That(session.Step(batch, settings).Loss, Is.LessThan(before.Loss));
    }
}
