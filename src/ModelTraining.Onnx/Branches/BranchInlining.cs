namespace ModelTraining.Onnx;

/// <summary>
/// Puts branches in the place of their If where its condition is known before the graph runs, as it is where an export asks for the rank or a size of a value. What is
/// differentiated, or has its shapes inferred, is then a plain graph.
/// </summary>
internal static class BranchInlining
{
    /// <summary>Infers the graph's shapes, and does so, until no such If is left. In place.</summary>
    public static void Apply(Graph graph)
    {
        while (Next(graph, ShapeInference.Contents(graph)) is var (node, branch)) PutInPlace(graph, node, InnerGraph.Of(node, branch));
    }

    /// <summary>The attribute that holds the branch of an If that is taken; null where that is not known.</summary>
    public static string? Taken(Dimension[]? condition) => ListContents.Numbers(condition) is [var known] ? known != 0 ? "then_branch" : "else_branch" : null;

    private static (Node Node, string Branch)? Next(Graph graph, ListContents contents)
    {
        foreach (var node in graph.Nodes)
        {
            if (node is { OpType: "If", Domain: "" } && Taken(contents[node.Inputs[0]]) is { } branch) return (node, branch);
        }

        return null;
    }

    private static void PutInPlace(Graph graph, Node node, Graph branch)
    {
        // Two branches may use one name, and come to stand side by side.
        var own = branch.Constants.Keys.Concat(branch.Nodes.SelectMany(inner => inner.Outputs));
        var prefix = own.All(name => graph.Find(name) is null) ? "" : $"{node.Outputs.First(output => output.Length > 0)}/";
        var inlined = InnerGraph.Renamed(branch, name => name, prefix);
        foreach (var (name, tensor) in inlined.Constants) graph.Constant(tensor, name);
        foreach (var name in inlined.Nodes.SelectMany(inner => inner.Outputs).Where(name => name.Length > 0)) graph.Define(name, inlined[name].Type, inlined[name].Shape);
        var outputs = node.Outputs.Zip(inlined.Outputs).Where(pair => pair.First.Length > 0).ToList();
        foreach (var (name, output) in outputs) (graph[name].Type, graph[name].Shape) = (output.Type, output.Shape);
        graph.Replace(node, [.. inlined.Nodes, .. outputs.Select(pair => new Node(pair.First, "Identity", "", [pair.Second.Name], [pair.First], new Dictionary<string, object>()))]);
    }
}
