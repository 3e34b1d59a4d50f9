using System.Collections.Immutable;
using ModelTraining.Onnx;

namespace ModelTraining.Benchmarks;

/// <summary>A network whose step is measured; benchmarks/peers/networks.py has the same in PyTorch under the same name.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Steps">How many steps are measured.</param>
/// <param name="BatchSize">The rows of a step.</param>
/// <param name="Inputs">What goes in beside the classes.</param>
/// <param name="Classes">How many classes come out.</param>
/// <param name="Scores">Takes input and randomness, gives [batch, classes].</param>
internal sealed record BenchmarkedNetwork(string Name, int Steps, int BatchSize, BatchInput Inputs, int Classes, Func<Value, SeededRandom, Value> Scores)
{
    private const string Target = "target";

    public static IReadOnlyList<BenchmarkedNetwork> All { get; } =
    [
        Mlp("mlp-small", 2000, 32, 30, 64, 32, 2),
        Mlp("mlp", 150, 128, 784, 512, 512, 10),
    ];

    public TrainingGraph Build()
    {
        var graph = new Graph(Name);
        var input = graph.Input(Inputs.Name, Inputs.Type, [Dimension.Batch, .. Inputs.RowShape.Select(Dimension.FromInt64)]);
        var target = graph.Input(Target, ElementType.Int64, Dimension.Batch);
        var scores = Scores(input, new SeededRandom(1));
        graph.Output("scores", scores);
        var logs = graph.Add("LogSoftmax", [scores], ElementType.Float, scores.Shape, [("axis", 1)]);
        var loss = -graph.Add("GatherElements", [logs, target.Unsqueeze(1)], ElementType.Float, [Dimension.Batch, 1], [("axis", 1)]).ReduceMean(keepDims: false);
        return new TrainingGraph { Graph = graph, Loss = loss.Name, Outputs = ["scores"], Weights = [.. Gradients.Weights(loss).Select(weight => new TrainedWeight(weight.Name))] };
    }

    public TrainingBatch Batch()
    {
        var random = new SeededRandom(2);
        var batch = new TrainingBatch([Inputs, new BatchInput(Target, ElementType.Int64, [])], BatchSize);
        if (Inputs.Type == ElementType.Float) foreach (ref var value in batch.Floats(0)) value = (float)random.NextNormal();
        else foreach (ref var token in batch.Integers(0)) token = random.Next(8000);
        foreach (ref var value in batch.Integers(1)) value = random.Next(Classes);
        return batch;
    }

    private static BenchmarkedNetwork Mlp(string name, int steps, int batch, params int[] sizes) =>
        new(name, steps, batch, new BatchInput("features", ElementType.Float, [sizes[0]]), sizes[^1], (value, random) =>
        {
            for (var layer = 1; layer < sizes.Length; layer++)
            {
                value = value.Gemm(Weight(value.Graph, random, sizes[layer - 1], sizes[layer]), Weight(value.Graph, random, sizes[layer]));
                if (layer + 1 < sizes.Length) value = value.Relu();
            }

            return value;
        });

    private static Value Weight(Graph graph, SeededRandom random, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        foreach (ref var value in values.AsSpan()) value = (float)(random.NextNormal() / Math.Sqrt(shape[0]));
        return graph.Constant(Tensor.Of(values, shape));
    }
}
