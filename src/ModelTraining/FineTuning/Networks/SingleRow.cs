using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Frees networks that were exported for a batch of one row.</summary>
internal static class SingleRow
{
    /// <summary>The graph, or a copy in which what is reshaped to one row becomes as many rows as come in.</summary>
    public static Graph Freed(Graph graph)
    {
        var given = graph.Inputs.Where(input => !graph.Constants.ContainsKey(input.Name)).ToList();
        if (!given.Any(input => input.Shape is [{ Size: 1 }, ..])) return graph;
        var copy = GraphCopy.Begin(graph, new HashSet<string>());
        var ofRows = given.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            copy.AddNode(Freed(copy, node, ofRows));
            if (node.OpType != "Shape" && Graph.Uses(node).Any(ofRows.Contains)) ofRows.UnionWith(node.Outputs);
        }

        foreach (var output in graph.Outputs) copy.AddOutput(copy[output.Name]);
        return copy;
    }

    private static Node Freed(Graph copy, Node node, HashSet<string> ofRows)
    {
        if (node is not { OpType: "Reshape", Domain: "" } || !ofRows.Contains(node.Inputs[0])) return node;
        if (ConstantValues.Wholes(ConstantValues.Find(copy, node.Inputs[1])) is not [1, _, ..] sizes) return node;
        // The number of rows follows from the number of elements, or is that of what is reshaped where another size that is not known follows from it already.
        if (copy[node.Outputs[0]].Shape is { } shape && shape.Skip(1).All(size => size.IsKnown)) sizes = [1, .. shape.Skip(1).Select(size => size.Size)];
        long[] freed = [sizes.Contains(-1) ? 0 : -1, .. sizes[1..]];
        var rows = copy.Constant(Tensor.Of(freed, freed.Length), $"{node.Outputs[0]}/rows");
        return new Node(node.Name, node.OpType, node.Domain, [node.Inputs[0], rows.Name], node.Outputs, node.Attributes) { Carried = node.Carried };
    }
}
