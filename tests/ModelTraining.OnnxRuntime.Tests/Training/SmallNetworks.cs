using ModelTraining.Onnx;

namespace ModelTraining.Tests.Training;

/// <summary>Networks of a few weights, written with operators alone.</summary>
internal static class SmallNetworks
{
    public const int Features = 6;

    /// <summary>Features → hidden (→ what <paramref name="between"/> makes of it) → one number, mean squared error.</summary>
    public static TrainingGraph Regression(int hidden = 8, Func<Value, Value>? between = null, IEnumerable<string>? alsoTrained = null, int features = Features)
    {
        var graph = new Graph("small");
        var x = graph.Input("features", ElementType.Float, Dimension.Batch, features);
        var target = graph.Input("target", ElementType.Float, Dimension.Batch);
        var value = x.Gemm(Weight(graph, "first.weight", features, hidden), Weight(graph, "first.bias", hidden)).Relu();
        value = between?.Invoke(value) ?? value;
        var output = value.Gemm(Weight(graph, "second.weight", hidden, 1), Weight(graph, "second.bias", 1)).Reshape(-1);
        graph.Output("prediction", output);
        var error = output - target;
        var loss = graph.Output("loss", (error * error).ReduceMean(keepDims: false));
        return new TrainingGraph
        {
            Graph = graph,
            Loss = loss.Name,
            Outputs = ["prediction"],
            Weights = [.. new[] { "first.weight", "first.bias", "second.weight", "second.bias" }.Concat(alsoTrained ?? []).Select(name => new TrainedWeight(name))],
        };
    }

    public static Value Weight(Graph graph, string name, params long[] shape)
    {
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        return graph.Constant(Tensor.Of([.. Enumerable.Range(0, count).Select(i => (float)Math.Sin((1.7 * i) + name.Length) * 0.5f)], shape), name);
    }

    /// <summary>Rows whose target is a smooth function of their features.</summary>
    public static TrainingBatch Batch(int rows, int first = 0, int features = Features)
    {
        var batch = new TrainingBatch([new BatchInput("features", ElementType.Float, [features]), new BatchInput("target", ElementType.Float, [])], rows);
        for (var row = 0; row < rows; row++)
        {
            var values = batch.Floats(0).Slice(row * features, features);
            for (var i = 0; i < features; i++) values[i] = (float)Math.Sin((first + row + 1) * (i + 2) * 0.61);
            batch.Floats(1)[row] = (values[0] * values[1]) + values[2];
        }

        return batch;
    }

    public static float[] Read(this ITrainingSession session, string name)
    {
        var values = new float[session.Tensors.Single(tensor => tensor.Name == name).Count];
        session.Read(name, values);
        return values;
    }
}
