using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>The converter writes operator set 12 at most; what changed its form up to ours is rewritten.</summary>
internal static class NewerNodes
{
    private static readonly string[] AxesBecameInput = ["Squeeze", "Unsqueeze", "ReduceSum"];

    /// <summary>A copy of <paramref name="graph"/> for <see cref="Graph.DefaultOpset"/>.</summary>
    public static Graph Of(Graph graph)
    {
        var copy = new Graph(graph.Name);
        foreach (var value in graph.Inputs) copy.AddInput(copy.Define(value.Name, value.Type, value.Shape));
        foreach (var (name, tensor) in graph.Constants)
        {
            if (copy.Find(name) is null) copy.AddConstant(copy.Define(name, tensor.Type, graph[name].Shape), tensor);
        }

        foreach (var node in graph.Nodes)
        {
            foreach (var output in node.Outputs.Where(output => output.Length > 0)) copy.Define(output, graph[output].Type, graph[output].Shape);
            copy.AddNode(node.Domain.Length == 0 && AxesBecameInput.Contains(node.OpType) && node.Attributes.TryGetValue("axes", out var axes) ? WithInput(copy, node, (long[])axes) : node);
        }

        foreach (var output in graph.Outputs) copy.AddOutput(copy[output.Name]);
        copy.Prune();
        return copy;
    }

    private static Node WithInput(Graph copy, Node node, long[] axes) => new(
        node.Name, node.OpType, node.Domain, [.. node.Inputs, copy.Constant(Tensor.Of(axes, axes.Length)).Name], node.Outputs,
        node.Attributes.Where(attribute => attribute.Key != "axes").ToDictionary());
}
