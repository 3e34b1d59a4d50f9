namespace ModelTraining.Onnx;

/// <summary>
/// The form of a training graph for batches of one size. What depends on the size is then known before the run: gradients need no sums over repeats that are none, and
/// ONNX Runtime fuses more and plans its memory.
/// </summary>
internal static class FixedBatch
{
    /// <summary>A copy in which the first dimension of the inputs is <paramref name="rows"/>, and so are all that have its name.</summary>
    public static TrainingGraph Of(TrainingGraph training, int rows)
    {
        var source = training.Graph;
        var names = source.Inputs.Select(input => input.Shape is [{ IsKnown: false } first, ..] ? first.Name : null).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var graph = GraphCopy.Begin(source, new HashSet<string>());
        foreach (var node in source.Nodes) graph.AddNode(node);
        foreach (var output in source.Outputs) graph.AddOutput(graph[output.Name]);
        foreach (var input in graph.Inputs)
        {
            if (input.Shape is [{ IsKnown: false }, ..] shape) input.Shape = [rows, .. shape.Skip(1)];
        }

        foreach (var value in graph.Inputs.Concat(graph.Nodes.SelectMany(node => node.Outputs).Where(name => name.Length > 0).Select(name => graph[name])))
        {
            if (value.Shape is { } shape && shape.Any(IsBatch)) value.Shape = [.. shape.Select(size => IsBatch(size) ? rows : size)];
        }

        ShapeInference.Infer(graph);
        return training with { Graph = graph };

        bool IsBatch(Dimension size) => !size.IsKnown && size.Name is { } name && names.Contains(name);
    }
}
