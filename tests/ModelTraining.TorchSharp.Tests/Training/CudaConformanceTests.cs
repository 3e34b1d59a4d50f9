namespace ModelTraining.Tests.Training;

/// <summary>The same on a GPU.</summary>
[Category("gpu")]
public class CudaTrainingSessionTests : TrainingSessionConformance
{
    protected override ITrainingBackend Backend { get; } = new TorchSharpBackend(Device.Cuda());

    [OneTimeSetUp]
    public void NeedGpu() => Libtorch.Require(Device.Cuda());
}

/// <summary>The same on a GPU.</summary>
[Category("gpu")]
public class CudaLossCurveTests : LossCurveConformance
{
    protected override ITrainingBackend Backend { get; } = new TorchSharpBackend(Device.Cuda());

    [OneTimeSetUp]
    public void NeedGpu() => Libtorch.Require(Device.Cuda());
}
