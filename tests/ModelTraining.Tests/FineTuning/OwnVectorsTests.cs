using ModelTraining.Onnx;

namespace ModelTraining.Tests.FineTuning;

/// <summary>Files in which vectors that were equal at first are written as the Identity of one of them, as PyTorch exports a network that is not trained yet.</summary>
public class OwnVectorsTests
{
    [Test]
    public async Task FineTune_gives_equal_vectors_their_own_constants()
    {
        using var folder = new TemporaryFolder();
        var graph = new Graph("fresh");
        Value Constant(string name, params long[] shape) => graph.Constant(PretrainedFiles.Weight(name, shape), name);
        Value Same(string name, Value of)
        {
            var value = graph.Define(name, ElementType.Float, of.Shape);
            graph.AddNode(new Node(name, "Identity", "", [of.Name], [name], new Dictionary<string, object>()));
            return value;
        }

        var (ones, zeros) = (graph.Constant(Tensor.Of(Enumerable.Repeat(1f, 6).ToArray(), 6), "first.scale"), graph.Constant(Tensor.Of(new float[6], 6), "first.shift"));
        Value Normal(Value value, Value scale, Value shift, string name) =>
            graph.Add("BatchNormalization", [value, scale, shift, Same($"{name}.mean", shift), Same($"{name}.variance", scale)], ElementType.Float, [Dimension.Batch, 6]);

        var value = Normal(graph.Input("x", ElementType.Float, Dimension.Batch, 4).Gemm(Constant("dense.weight", 4, 6)), ones, zeros, "first").Relu();
        value = Normal(value.Gemm(Constant("more.weight", 6, 6)), Same("second.scale", ones), Same("second.shift", zeros), "second").Relu();
        graph.Output("scores", value.Gemm(Constant("head.weight", 6, 3)));
        OnnxFile.Save(graph, folder.File("fresh.onnx"));

        var run = await PretrainedFiles.Rows().FineTune(folder.File("fresh.onnx"), o => o with { Epochs = 3, BatchSize = 16, LearningRate = 0.02, RestoreBestWeights = false }).Export(folder.File("tuned.onnx")).RunAsync();
        var after = OnnxFile.Load(folder.File("tuned.onnx"));
        float[] Elements(string name) => after.Constants.Single(pair => pair.Key.EndsWith(name, StringComparison.Ordinal)).Value.Elements<float>().ToArray();
        string[] vectors = ["first.scale", "first.shift", "first.mean", "first.variance", "second.scale", "second.shift", "second.mean", "second.variance"];
        Assert.That(vectors.Select(Elements).Select(elements => string.Join(' ', elements)), Is.Unique, "each has learned, or followed the batches, by itself");
        Assert.That(after.Nodes.Where(node => node.OpType == "Identity" && after.Constants.ContainsKey(node.Inputs[0])), Is.Empty);
        Assert.That(run.Exports[0].Parity.LargestDifference, Is.LessThanOrEqualTo(Parity.Tolerance));
    }
}
