namespace ModelTraining.Tests.Training;

public class ForeignNetworkTests : ForeignNetworkConformance
{
    protected override ITrainingBackend Backend { get; } = new OnnxRuntimeBackend();
}
