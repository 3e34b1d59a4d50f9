namespace ModelTraining.Tests.Training;

public class LossCurveTests : LossCurveConformance
{
    protected override ITrainingBackend Backend { get; } = new OnnxRuntimeBackend();
}
