using System.Text.Json;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Exports;

/// <summary>PyTorch's exports, which tests/Data/exports/make.py makes, with inputs of a formula.</summary>
internal static class ExportedNetwork
{
    private const int Rows = 2;
    private const int Side = 64;
    private const int Length = 7;
    private const int Vocabulary = 50;

    /// <summary>Each network, in the operator sets that it was exported with.</summary>
    public static IEnumerable<TestCaseData> Cases =>
        from network in new[] { "resnet18", "mobilenet_v3_small", "efficientnet_b0", "bert", "gpt2" } from opset in new[] { 11, 13, 17 } select new TestCaseData(network, opset);

    /// <summary>The mean of the squared outputs, less a formula; its weights, and a batch.</summary>
    /// <param name="network">The network.</param>
    /// <param name="opset">The operator set.</param>
    /// <param name="raised">Whether the graph is raised to the operator set of new graphs.</param>
    public static (TrainingGraph Training, TrainingBatch Batch) Training(string network, int opset, bool raised = false)
    {
        var (graph, loss) = Load(network, opset, raised);
        var names = Names(network, opset).Select(pair => pair.Constant).ToHashSet();
        var training = new TrainingGraph
        {
            Graph = graph,
            Loss = loss.Name,
            Outputs = ["output"],
            Weights = [.. Onnx.Gradients.Weights(loss).Where(weight => names.Contains(weight.Name)).Select(weight => new TrainedWeight(weight.Name))],
        };
        var inputs = Inputs(network);
        var batch = new TrainingBatch([.. inputs.Select(input => new BatchInput(input.Name, input.Elements is float[] ? ElementType.Float : ElementType.Int64, [.. input.Shape[1..]]))], Rows);
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Elements is float[] numbers) numbers.CopyTo(batch.Floats(i));
            else ((long[])inputs[i].Elements).CopyTo(batch.Integers(i));
        }

        return (training, batch);
    }

    public static (Graph Graph, Value Loss) Load(string network, int opset, bool raised)
    {
        var graph = OnnxFile.Load(TestData.Export($"{network}-opset{opset}.onnx"));
        ShapeInference.Infer(graph);
        if (raised)
        {
            graph = OpsetUpgrade.Of(graph, network);
            ShapeInference.Infer(graph);
        }

        var output = graph["output"];
        var shape = Run(OnnxFile.Load(OnnxFile.ToBytes(graph)), network)["output"].Shape;
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        var error = output - graph.Constant(Tensor.Of([.. Enumerable.Range(0, count).Select(i => (float)Math.Sin(0.37 * i))], shape));
        return (graph, graph.Output("loss", (error * error).ReduceMean(keepDims: false)));
    }

    public static Dictionary<string, (Array Elements, long[] Shape)> Run(Graph graph, string network)
    {
        using var session = new Gradients.GraphSession(graph);
        return session.RunAny(Inputs(network));
    }

    private static (string Name, Array Elements, long[] Shape)[] Inputs(string network)
    {
        if (network is not ("bert" or "gpt2")) return [("image", Enumerable.Range(0, Rows * 3 * Side * Side).Select(i => (float)Math.Sin(0.61 * i)).ToArray(), [Rows, 3, Side, Side])];
        var ids = ("ids", Enumerable.Range(0, Rows * Length).Select(i => i * 5L % Vocabulary).ToArray(), new long[] { Rows, Length });
        var mask = ("mask", Enumerable.Range(0, Rows * Length).Select(i => i >= (Rows * Length) - 2 ? 0L : 1L).ToArray(), new long[] { Rows, Length });
        return network == "bert" ? [ids, mask] : [ids];
    }

    public static IEnumerable<(string Constant, string Parameter, bool Transposed)> Names(string network, int opset)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(TestData.Export("names.json")));
        return [.. json.RootElement.GetProperty($"{network}-opset{opset}.onnx").EnumerateObject().Select(pair => (pair.Name, pair.Value[0].GetString()!, pair.Value[1].GetBoolean()))];
    }
}
