namespace ModelTraining.Tests.Training;

public class TorchForeignNetworkTests : ForeignNetworkConformance
{
    protected override ITrainingBackend Backend { get; } = new TorchSharpBackend(Device.Cpu);

    [OneTimeSetUp]
    public void NeedLibtorch() => Libtorch.Require(Device.Cpu);
}
