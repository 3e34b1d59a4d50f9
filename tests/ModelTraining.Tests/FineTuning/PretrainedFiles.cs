using ModelTraining.Onnx;

namespace ModelTraining.Tests.FineTuning;

/// <summary>Small networks in files, with weights by a formula, and rows for them.</summary>
internal static class PretrainedFiles
{
    public static Tensor Weight(string name, params long[] shape) => Tensor.Of([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(i => (float)(0.5 * Math.Sin((1.7 * i) + name.Length)))], shape);

    /// <summary>4 columns → 6 → 4 → 3 classes; the second layer's matrix is [outputs, inputs].</summary>
    public static string Dense(TemporaryFolder folder, int opset = 17)
    {
        var graph = new Graph("pretrained", opset);
        Value Constant(string name, params long[] shape) => graph.Constant(Weight(name, shape), name);
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 4);
        var value = x.MatMul(Constant("first.weight", 4, 6)) + Constant("first.bias", 6);
        value = graph.Add("Gemm", [value.Relu(), Constant("second.weight", 4, 6), Constant("second.bias", 4)], ElementType.Float, [Dimension.Batch, 4], [("transB", 1L)]);
        value = value.Relu().Gemm(Constant("head.weight", 4, 3), Constant("head.bias", 3)).Softmax();
        return Save(folder, graph, value, $"dense-{opset}");
    }

    /// <summary>4 columns as two positions of two, which share a dense layer whose rows are those of the batch and the positions together.</summary>
    public static string Positions(TemporaryFolder folder)
    {
        var graph = new Graph("pretrained");
        Value Constant(string name, params long[] shape) => graph.Constant(Weight(name, shape), name);
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 4);
        var value = x.Reshape(-1, 2).Gemm(Constant("shared.weight", 2, 3), Constant("shared.bias", 3)).Relu().Reshape(-1, 6);
        return Save(folder, graph, value.Gemm(Constant("head.weight", 6, 3), Constant("head.bias", 3)), "positions");
    }

    /// <summary>The same, with the positions before the batch.</summary>
    public static string PositionsFirst(TemporaryFolder folder)
    {
        var graph = new Graph("pretrained");
        Value Constant(string name, params long[] shape) => graph.Constant(Weight(name, shape), name);
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 4);
        var value = (x.Reshape(-1, 2, 2).Transpose(1, 0, 2).MatMul(Constant("shared.weight", 2, 3)) + Constant("shared.bias", 3)).Relu().Transpose(1, 0, 2).Reshape(-1, 6);
        return Save(folder, graph, value.Gemm(Constant("head.weight", 6, 3), Constant("head.bias", 3)), "positions-first");
    }

    /// <summary>Two channels of 4×4 → 3 by a kernel of 3 → 4 by a kernel of 1 → 4 in two groups → pooled → 3 classes.</summary>
    public static string Convolutions(TemporaryFolder folder)
    {
        var graph = new Graph("pretrained");
        Value Constant(string name, params long[] shape) => graph.Constant(Weight(name, shape), name);
        Value Conv(Value input, string name, long[] shape, params (string, object)[] attributes) => graph.Add("Conv", [input, Constant($"{name}.weight", shape), Constant($"{name}.bias", shape[0])], ElementType.Float, null, attributes).Relu();
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 2, 4, 4);
        var value = Conv(x, "first", [3, 2, 3, 3], ("pads", new long[] { 1, 1, 1, 1 }), ("strides", new long[] { 2, 2 }));
        value = Conv(Conv(value, "point", [4, 3, 1, 1]), "grouped", [4, 2, 1, 1], ("group", 2L));
        value = graph.Add("GlobalAveragePool", [value], ElementType.Float).Reshape(-1, 4);
        return Save(folder, graph, value.Gemm(Constant("head.weight", 4, 3), Constant("head.bias", 3)), "convolutions");
    }

    /// <summary>Rows of 32 pixels, as one column of tensors.</summary>
    public static SplitPipeline Pixels(int rows = 80) => Pipeline.From(Records.Of(
        Enumerable.Range(0, rows).Select(i => new { Image = Enumerable.Range(0, 32).Select(k => (float)Math.Sin((i * (k + 1)) + k)).ToArray(), Y = Math.Sin(i) > 0 ? "up" : "down" }), label: "Y")).Split();

    public static SplitPipeline Rows() => Pipeline.From(Records.Of(
        Enumerable.Range(0, 80).Select(i => new { A = (float)Math.Sin(i), B = (float)Math.Cos(3 * i), C = (float)Math.Sin(7 * i), D = (float)Math.Cos(i * i), Y = Math.Sin(i) > 0 ? "up" : "down" }), label: "Y")).Split();

    public static float[] Elements(PipelineRun run, string name) => ((NetworkModel)run.Model).Weights[name].Elements<float>().ToArray();

    public static float[] Elements(string path, string name) => OnnxFile.Load(path).Constants[name].Elements<float>().ToArray();

    public static string Problems(Pipeline pipeline) => Assert.ThrowsAsync<ModelTrainingException>(async () => await pipeline.RunAsync())!.Message;

    private static string Save(TemporaryFolder folder, Graph graph, Value output, string name)
    {
        var path = folder.File($"{name}.onnx");
        graph.Output("scores", output);
        OnnxFile.Save(graph, path);
        return path;
    }
}
