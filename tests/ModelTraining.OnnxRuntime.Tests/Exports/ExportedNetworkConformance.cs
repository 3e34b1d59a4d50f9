namespace ModelTraining.Tests.Exports;

/// <summary>PyTorch's exports of torchvision's networks and of two transformers train on every backend.</summary>
public abstract class ExportedNetworkConformance
{
    protected abstract ITrainingBackend Backend { get; }

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
