namespace ModelTraining.Tests.FineTuning;

/// <summary>Files of operator sets before the one that new graphs use.</summary>
public class OlderFileTests
{
    [TestCase(9)]
    [TestCase(12)]
    [TestCase(14)]
    public async Task FineTune_of_an_older_file_learns_as_of_a_newer_one(int opset)
    {
        using var folder = new TemporaryFolder();
        Task<PipelineRun> Run(int version) => PretrainedFiles.Rows().FineTune(PretrainedFiles.Dense(folder, version), (FineTuneOptions o) => o with { Epochs = 3, BatchSize = 16, LoRA = new LoRAOptions() }).RunAsync();
        var (older, newer) = (await Run(opset), await Run(17));
        Assert.That(older.Model.History!.Training, Is.EqualTo(newer.Model.History!.Training));
        Assert.That(older.Model.Opset, Is.EqualTo(17));
    }

    [Test]
    public async Task FineTune_of_a_network_of_opset_11_learns_its_flowers_again()
    {
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(Csv.File(TestData.Shared("tabular/iris.csv"), label: "label")).Split(test: 0.2, validation: 0.1)
            .FineTune(TestData.Shared("models/iris/iris-mlp.onnx"), (FineTuneOptions o) => o with { Epochs = 10, BatchSize = 16 })
            .Evaluate().Export(folder.File("tuned.onnx")).RunAsync();
        Assert.That(run.Evaluation["accuracy"], Is.GreaterThan(0.9));
        Assert.That(run.Exports[0].Parity.LargestDifference, Is.LessThanOrEqualTo(Parity.Tolerance));
    }
}
