namespace ModelTraining.Onnx;

/// <summary>
/// Writes a graph of an older operator set in the one that new graphs use: what heads, losses and their gradients are made of means one thing there. An operator whose
/// form changed in between has a row in <see cref="UpgradeRules"/>; the others mean the same, with the same attributes.
/// </summary>
internal static class OpsetUpgrade
{
    /// <summary>Before it, operators said by attributes what they broadcast and cast in ways that no exporter has written since 2018.</summary>
    public const int Oldest = 6;

    /// <summary>The graph, or a copy of it in <see cref="Graph.DefaultOpset"/>; names of values and constants stay.</summary>
    /// <param name="graph">The graph; ranks that are known save nodes.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="ModelTrainingException">MT3070: it is older than <see cref="Oldest"/>. MT3075: a node has no form in the newer operator set.</exception>
    public static Graph Of(Graph graph, string name)
    {
        var opset = graph.Opsets[""];
        if (opset >= Graph.DefaultOpset) return graph;
        return opset >= Oldest ? Upgraded(graph, opset, name) : throw new ModelTrainingException(
            "MT3070", $"{name} is written in opset {opset}; {Oldest} or later is read. Convert it with onnx.version_converter, or export it anew.");
    }

    private static Graph Upgraded(Graph graph, int opset, string name)
    {
        var copy = GraphCopy.Begin(graph, new HashSet<string>());
        copy.UseOpset("", Graph.DefaultOpset);
        var used = graph.Nodes.SelectMany(Graph.Uses).Concat(graph.Outputs.Select(output => output.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            if (UpgradeRules.Find(node, opset) is { } rule) rule(new UpgradedNode(copy, node, name, used));
            else copy.AddNode(WithInner(node, opset, name));
        }

        foreach (var output in graph.Outputs) copy.AddOutput(copy.Find(output.Name) ?? output);
        return copy;
    }

    private static Node WithInner(Node node, int opset, string name)
    {
        if (!node.Attributes.Values.Any(value => value is Graph or Graph[])) return node;
        object Inner(object value) => value switch
        {
            Graph graph => Upgraded(graph, opset, name),
            Graph[] graphs => Array.ConvertAll(graphs, graph => Upgraded(graph, opset, name)),
            _ => value,
        };
        return new Node(node.Name, node.OpType, node.Domain, node.Inputs, node.Outputs, node.Attributes.ToDictionary(pair => pair.Key, pair => Inner(pair.Value), StringComparer.Ordinal)) { Carried = node.Carried };
    }
}
