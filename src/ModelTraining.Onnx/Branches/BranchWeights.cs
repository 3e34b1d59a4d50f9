namespace ModelTraining.Onnx;

/// <summary>Takes the weights that branches of an If hold themselves out of them, to where they can be trained: a branch sees the constants around it.</summary>
internal static class BranchWeights
{
    /// <summary>In place; a name that is there already is extended by that of the If.</summary>
    public static void Hoist(Graph graph)
    {
        if (!graph.Nodes.Any(IsIf)) return;
        var names = graph.Nodes.SelectMany(Inner).SelectMany(Names).CountBy(name => name).ToDictionary(StringComparer.Ordinal);
        foreach (var node in graph.Nodes.Where(IsIf).ToList())
        {
            if (Inner(node).Any(HoldsWeights)) graph.Replace(node, [Hoisted(node, graph, names)]);
        }
    }

    private static Node Hoisted(Node node, Graph around, Dictionary<string, int> names)
    {
        var attributes = node.Attributes.ToDictionary(pair => pair.Key, pair => pair.Value is Graph branch ? Hoisted(branch, node, around, names) : pair.Value, StringComparer.Ordinal);
        return new Node(node.Name, node.OpType, node.Domain, node.Inputs, node.Outputs, attributes) { Carried = node.Carried };
    }

    private static Graph Hoisted(Graph branch, Node node, Graph around, Dictionary<string, int> names)
    {
        var outside = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, tensor) in branch.Constants.Where(pair => IsWeight(branch, pair.Key, pair.Value)))
        {
            var free = names[name] == 1 ? name : $"{node.Outputs.First(output => output.Length > 0)}/{name}";
            while (around.Find(free) is not null) free += "'";
            outside.Add(name, around.Constant(tensor, free).Name);
        }

        return InnerGraph.Renamed(InnerGraph.Without(branch, outside.Keys.ToHashSet(), inner => IsIf(inner) ? Hoisted(inner, around, names) : inner), name => outside.GetValueOrDefault(name, name), "");
    }

    private static bool HoldsWeights(Graph branch) => branch.Constants.Any(pair => IsWeight(branch, pair.Key, pair.Value)) || branch.Nodes.Where(IsIf).SelectMany(Inner).Any(HoldsWeights);

    /// <summary>What a branch gives out as it is must be its own.</summary>
    private static bool IsWeight(Graph branch, string name, Tensor tensor) => Gradients.Differentiable(tensor.Type) && tensor.Shape.Length > 0 && branch.Outputs.All(output => output.Name != name);

    private static bool IsIf(Node node) => node is { OpType: "If", Domain: "" };

    private static IEnumerable<Graph> Inner(Node node) => node.Attributes.Values.OfType<Graph>();

    private static IEnumerable<string> Names(Graph branch) => branch.Constants.Keys.Concat(branch.Nodes.SelectMany(node => node.Outputs.Concat(Inner(node).SelectMany(Names))));
}
