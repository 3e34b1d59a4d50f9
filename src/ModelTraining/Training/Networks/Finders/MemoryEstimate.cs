using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// The memory of a step, from the shapes of the network: its weights with their gradients and what the optimizer keeps, and all that forward computes, with gradients
/// as large where it is numbers. A backend that frees what is no longer needed takes less, one that copies takes more.
/// </summary>
/// <param name="graph">What is trained.</param>
/// <param name="settings">Optimizer and averages.</param>
/// <param name="gathers">Whether gradients of several batches are gathered.</param>
internal sealed class MemoryEstimate(TrainingGraph graph, BackendSettings settings, bool gathers)
{
    /// <summary>The bytes of a step with so many rows; values whose sizes can't be told count nothing.</summary>
    public long Of(int rows)
    {
        var trained = graph.Weights.Sum(weight => (long)graph.Graph.Constants[weight.Name].Count);
        var copies = 2 + settings.Optimizer.State.Count + (settings.KeepsAverage ? 1 : 0) + (gathers ? 1 : 0);
        return (sizeof(float) * trained * copies) + Values(rows);
    }

    private long Values(int rows)
    {
        var sized = GraphCopy.Begin(graph.Graph, new HashSet<string>());
        foreach (var node in graph.Graph.Nodes) sized.AddNode(node);
        foreach (var input in sized.Inputs) if (input.Shape is { Count: > 0 } shape && !shape[0].IsKnown) input.Shape = [rows, .. shape.Skip(1)];
        foreach (var name in Made(sized)) sized[name].Shape = null;
        ShapeInference.Infer(sized);
        var sum = 0L;
        foreach (var value in sized.Inputs.Concat(Made(sized).Select(name => sized[name])))
        {
            if (value.Shape is not { } shape || shape.Any(size => !size.IsKnown)) continue;
            var count = shape.Aggregate(1L, (product, size) => checked(product * size.Size));
            sum += count * (Gradients.Differentiable(value.Type) ? 2 * sizeof(float) : sizeof(long));
        }

        return sum;
    }

    private static IEnumerable<string> Made(Graph graph) => graph.Nodes.SelectMany(node => node.Outputs).Where(name => name.Length > 0);
}
