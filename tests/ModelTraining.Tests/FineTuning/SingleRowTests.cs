using ModelTraining.Onnx;

namespace ModelTraining.Tests.FineTuning;

/// <summary>Networks that were exported for a batch of one row.</summary>
public class SingleRowTests
{
    [TestCase(6L)]
    [TestCase(-1L)]
    public async Task FineTune_of_a_network_for_one_row_takes_batches(long width)
    {
        using var folder = new TemporaryFolder();
        var graph = new Graph("one");
        var x = graph.Input("x", ElementType.Float, 1, 4);
        var value = (x.Gemm(graph.Constant(PretrainedFiles.Weight("a", 4, 6), "a")) + 0.1f).Reshape(1, 3, 2).Reshape(1, width);
        graph.Output("y", value.Gemm(graph.Constant(PretrainedFiles.Weight("b", 6, 3), "b")));
        OnnxFile.Save(graph, folder.File("one.onnx"));
        var run = await PretrainedFiles.Rows().FineTune(folder.File("one.onnx"), (FineTuneOptions o) => o with { Epochs = 2 }).Evaluate().Export(folder.File("many.onnx")).RunAsync();
        Assert.That(run.Exports[0].Parity.Rows, Is.GreaterThan(1));
    }

    [Test]
    public async Task FineTune_of_handwriting_for_one_row_reads_it_again()
    {
        var run = await Pipeline.From(Csv.File(TestData.Shared("images/mnist/mnist-1000.csv"), label: "label")).WithTask(LearningTask.MulticlassClassification).Split(test: 0.3, validation: 0.1)
            .FineTune(TestData.Shared("models/mnist-12/mnist-12.onnx"), (FineTuneOptions o) => o with { Epochs = 5, BatchSize = 32 }).Evaluate().RunAsync();
        TestContext.Out.WriteLine($"weights, accuracy {run.Evaluation["accuracy"]}");
        Assert.That(run.Evaluation["accuracy"], Is.GreaterThan(0.85));
    }
}
