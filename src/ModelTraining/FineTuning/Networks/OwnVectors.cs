using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// Gives back their own constants to biases, scales and running statistics that an export wrote as the Identity of another's because they were equal, as PyTorch does of a network that is not trained yet: they are
/// other weights, and what batch normalisation goes by must be constants. Matrices stay what they are: an embedding that is also the output layer is written so.
/// </summary>
internal static class OwnVectors
{
    /// <summary>The graph, or a copy.</summary>
    public static Graph Of(Graph graph)
    {
        if (!graph.Nodes.Any(node => IsAlias(graph, node))) return graph;
        var copy = GraphCopy.Begin(graph, new HashSet<string>());
        foreach (var node in graph.Nodes)
        {
            // Of a chain the ones before are constants by now.
            if (IsAlias(copy, node)) copy.AddConstant(copy[node.Outputs[0]], copy.Constants[node.Inputs[0]]);
            else copy.AddNode(node);
        }

        foreach (var output in graph.Outputs) copy.AddOutput(copy[output.Name]);
        return copy;
    }

    private static bool IsAlias(Graph graph, Node node) =>
        node is { OpType: "Identity", Domain: "", Inputs: [var input], Outputs: [var output] } && graph.Constants.TryGetValue(input, out var tensor)
        && tensor is { Type: ElementType.Float or ElementType.Float16, Shape.Length: 1 } && graph.Outputs.All(value => value.Name != output);
}
