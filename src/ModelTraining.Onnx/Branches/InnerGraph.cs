namespace ModelTraining.Onnx;

/// <summary>A graph inside a node, as the branch of an If: it takes the values around it by their names.</summary>
internal static class InnerGraph
{
    /// <summary>The longest list of whole numbers that is taken for a shape, axes or places, and comes along as a constant.</summary>
    private const int LongestList = 64;

    /// <summary>The graph of an attribute.</summary>
    /// <exception cref="ModelTrainingException">MT3110: there is none.</exception>
    public static Graph Of(Node node, string attribute) => node.Attributes.GetValueOrDefault(attribute) as Graph
        ?? throw new ModelTrainingException("MT3110", $"{node.OpType} '{node.Name}' lacks its graph '{attribute}'. The file is damaged: export it anew.");

    /// <summary>A copy whose own values have a prefix, and that takes those around it by other names.</summary>
    /// <param name="inner">The graph.</param>
    /// <param name="around">The new name of a value around it.</param>
    /// <param name="prefix">What goes before the names of its own values.</param>
    /// <param name="change">What becomes of each node then, in the graphs inside it too; null for nothing.</param>
    public static Graph Renamed(Graph inner, Func<string, string> around, string prefix, Func<Node, Node>? change = null)
    {
        var copy = Empty(inner, inner.Name);
        copy.Carried = inner.Carried;
        string Name(string name) => inner.Find(name) is null ? around(name) : prefix + name;
        foreach (var input in inner.Inputs) copy.AddInput(Define(copy, input, prefix));
        foreach (var (name, tensor) in inner.Constants) copy.AddConstant(copy.Find(prefix + name) ?? Define(copy, inner[name], prefix), tensor);
        foreach (var node in inner.Nodes)
        {
            foreach (var output in node.Outputs.Where(output => output.Length > 0)) Define(copy, inner[output], prefix);
            copy.AddNode(Renamed(node, Name, prefix, change));
        }

        foreach (var output in inner.Outputs) copy.AddOutput(copy[prefix + output.Name]);
        return copy;
    }

    /// <summary>A copy without some of its constants, which are to be found around it.</summary>
    /// <param name="inner">The graph.</param>
    /// <param name="constants">The names of the constants.</param>
    /// <param name="change">What becomes of each node.</param>
    public static Graph Without(Graph inner, IReadOnlySet<string> constants, Func<Node, Node> change)
    {
        var copy = Empty(inner, inner.Name);
        copy.Carried = inner.Carried;
        foreach (var input in inner.Inputs) copy.AddInput(Define(copy, input, ""));
        foreach (var (name, tensor) in inner.Constants.Where(pair => !constants.Contains(pair.Key))) copy.AddConstant(copy.Find(name) ?? Define(copy, inner[name], ""), tensor);
        foreach (var node in inner.Nodes)
        {
            foreach (var output in node.Outputs.Where(output => output.Length > 0)) Define(copy, inner[output], "");
            copy.AddNode(change(node));
        }

        foreach (var output in inner.Outputs) copy.AddOutput(copy[output.Name]);
        return copy;
    }

    /// <summary>A node that takes and gives values of other names, in the graphs inside it too.</summary>
    public static Node Renamed(Node node, Func<string, string> named, string prefix, Func<Node, Node>? change = null)
    {
        string Name(string name) => name.Length == 0 ? "" : named(name);
        object Attribute(object value) => value switch
        {
            Graph inner => Renamed(inner, named, prefix, change),
            Graph[] inner => Array.ConvertAll(inner, graph => Renamed(graph, named, prefix, change)),
            _ => value,
        };
        var attributes = node.Attributes.ToDictionary(pair => pair.Key, pair => Attribute(pair.Value), StringComparer.Ordinal);
        var renamed = new Node(prefix + node.Name, node.OpType, node.Domain, [.. node.Inputs.Select(Name)], [.. node.Outputs.Select(Name)], attributes) { Carried = node.Carried };
        return change?.Invoke(renamed) ?? renamed;
    }

    /// <summary>The graph as one of its own: the values around it that it takes are inputs, or constants where they are shapes, axes or conditions that are known.</summary>
    public static Graph Opened(Graph inner, Graph around)
    {
        var open = Empty(around, inner.Name);
        foreach (var name in Graph.Taken(inner).Distinct())
        {
            var value = Define(open, around[name], "");
            if (ConstantValues.Find(around, name) is { Count: <= LongestList, Type: ElementType.Int64 or ElementType.Int32 or ElementType.Bool } known) open.AddConstant(value, known);
            else open.AddInput(value);
        }

        foreach (var input in inner.Inputs) open.AddInput(Define(open, input, ""));
        foreach (var (name, tensor) in inner.Constants) open.AddConstant(open.Find(name) ?? Define(open, inner[name], ""), tensor);
        foreach (var node in inner.Nodes)
        {
            foreach (var output in node.Outputs.Where(output => output.Length > 0)) Define(open, inner[output], "");
            open.AddNode(node);
        }

        foreach (var output in inner.Outputs) open.AddOutput(open[output.Name]);
        return open;
    }

    /// <summary>A value around an opened graph as one of its own.</summary>
    public static Value Around(Graph open, Value value, IReadOnlyList<Dimension>? shape)
    {
        if (open.Find(value.Name) is { } known) return known;
        var input = open.Define(value.Name, value.Type, shape);
        open.AddInput(input);
        return input;
    }

    /// <summary>What computes values of a graph as the inside of a node: the inputs are taken from around it.</summary>
    /// <param name="open">The graph.</param>
    /// <param name="outputs">The values, each made by a node of its own.</param>
    /// <param name="prefix">What goes before the names of its own values: a graph inside another must hide none of its values.</param>
    public static Graph Closed(Graph open, IReadOnlyList<Value> outputs, string prefix)
    {
        var part = GraphCopy.Begin(open, new HashSet<string>());
        foreach (var node in open.Nodes) part.AddNode(node);
        foreach (var output in outputs) part.AddOutput(part[output.Name]);
        part.Prune();
        var inputs = part.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        string Name(string name) => inputs.Contains(name) ? name : prefix + name;
        var closed = Empty(open, open.Name);
        foreach (var (name, tensor) in part.Constants) closed.AddConstant(Define(closed, part[name], prefix), tensor);
        foreach (var node in part.Nodes)
        {
            foreach (var output in node.Outputs.Where(output => output.Length > 0)) Define(closed, part[output], prefix);
            closed.AddNode(Renamed(node, Name, prefix));
        }

        foreach (var output in part.Outputs) closed.AddOutput(closed[prefix + output.Name]);
        return closed;
    }

    private static Graph Empty(Graph like, string name)
    {
        var graph = new Graph(name, like.Opsets[""]);
        foreach (var (domain, version) in like.Opsets) graph.UseOpset(domain, version);
        return graph;
    }

    private static Value Define(Graph graph, Value value, string prefix)
    {
        var defined = graph.Define(prefix + value.Name, value.Type, value.Shape);
        defined.Carried = value.Carried;
        return defined;
    }
}
