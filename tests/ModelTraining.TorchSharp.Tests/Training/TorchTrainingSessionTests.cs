namespace ModelTraining.Tests.Training;

public class TorchTrainingSessionTests : TrainingSessionConformance
{
    protected override ITrainingBackend Backend { get; } = new TorchSharpBackend(Device.Cpu);

    [OneTimeSetUp]
    public void NeedLibtorch() => Libtorch.Require(Device.Cpu);
}
