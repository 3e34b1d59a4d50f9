namespace ModelTraining.Tests;

public class PipelineTests
{
    private static SplitPipeline Cancer => Pipeline.From(Csv.File(Path.Combine(TestData.Root, "samples/data/breast-cancer-wdbc.csv"), label: "label")).Clean().Split(test: 0.2, validation: 0.1);

    [Test]
    public async Task UseTorchSharp_trains_a_pipeline_whose_export_is_checked_against_the_default_runtime()
    {
        Libtorch.Require(Device.Cpu);
        using var folder = new TemporaryFolder();
        var run = await Cancer.Train(Networks.Mlp(o => o with { Hidden = [16], Epochs = 20, BatchSize = 16, LearningRate = 0.01 })).UseTorchSharp(Device.Cpu).Evaluate().Export(folder.File("net.onnx")).RunAsync();
        Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.98));
        Assert.That(run.Exports[0].Parity.LargestDifference, Is.LessThan(1e-4));
    }

    [Test]
    public void UseTorchSharp_of_a_pipeline_without_a_network_is_an_error() =>
        Assert.That(() => Cancer.Train(Trees.GradientBoosting()).UseTorchSharp(Device.Cpu), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3205").And.Message.Contains("Networks"));
}
