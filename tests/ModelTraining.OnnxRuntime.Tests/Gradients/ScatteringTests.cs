using Microsoft.ML.OnnxRuntime;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Gradients;

internal sealed class ScatteringTests
{
    [TestCase(true)]
    [TestCase(false)]
    public void The_gradient_of_Gather_loses_no_row_on_many_threads(bool known)
    {
        const int rows = 4096, width = 64, places = 7;
        var graph = new Graph();
        var table = graph.Input("table", ElementType.Float, places, width);
        var indices = graph.Input("indices", ElementType.Int64, known ? rows : new Dimension(-1));
        graph.Output("gradient", Onnx.Gradients.Of(table.Gather(indices).ReduceSum(keepDims: false), [table])[0]);
        using var options = new SessionOptions { IntraOpNumThreads = 4 };
        using var session = new InferenceSession(OnnxFile.ToBytes(graph), options);
        var chosen = new long[rows];
        for (var i = 0; i < rows; i++) chosen[i] = i % places;
        var sums = new float[places * width];
        using var binding = session.CreateIoBinding();
        using var run = new RunOptions();
        binding.BindInput("indices", OrtValue.CreateTensorValueFromMemory(chosen, [rows]));
        if (session.InputMetadata.ContainsKey("table")) binding.BindInput("table", OrtValue.CreateTensorValueFromMemory(new float[places * width], [places, width]));
        binding.BindOutput("gradient", OrtValue.CreateTensorValueFromMemory(sums, [places, width]));
        for (var repeat = 0; repeat < (known ? 200 : 10); repeat++)
        {
            session.RunWithBinding(run, binding);
            Assert.That(sums.Sum(), Is.EqualTo(rows * width), $"run {repeat}");
        }
    }
}
