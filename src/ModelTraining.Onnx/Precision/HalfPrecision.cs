namespace ModelTraining.Onnx;

/// <summary>
/// Networks of 16-bit floating-point numbers. They train in 32 bits, as their updates are smaller than what 16 bits tell apart (Micikevicius et al., "Mixed Precision Training", 2018),
/// and are brought back into the form of their file afterwards.
/// </summary>
internal static class HalfPrecision
{
    /// <summary>Attributes by which an operator says the type of what it makes.</summary>
    private static readonly HashSet<string> Types = ["to", "dtype"];

    /// <summary>Whether a graph computes with 16-bit numbers.</summary>
    public static bool IsIn(Graph graph) => graph.Inputs.Select(input => input.Type).Concat(graph.Constants.Values.Select(tensor => tensor.Type)).Contains(ElementType.Float16);

    /// <summary>A copy that computes the same with 32-bit numbers.</summary>
    public static Graph Widened(Graph graph)
    {
        var copy = GraphCopy.Begin(graph, new HashSet<string>());
        foreach (var node in graph.Nodes) copy.AddNode(Widened(node));
        foreach (var output in graph.Outputs) copy.AddOutput(copy[output.Name]);
        Widen(copy);
        return copy;
    }

    /// <summary>A trained graph in which what a file had in 16 bits is so again; what is not of the file stays as it is.</summary>
    /// <param name="trained">The graph.</param>
    /// <param name="file">The file's.</param>
    /// <param name="named">What a value of the file is called in the trained graph.</param>
    /// <param name="entries">The values of the trained graph that take the place of the file's 16-bit inputs.</param>
    /// <exception cref="ModelTrainingException">MT3084: a weight has become too large.</exception>
    public static Graph Narrowed(Graph trained, Graph file, Func<string, string> named, IReadOnlySet<string> entries)
    {
        var ofFile = file.Nodes.ToDictionary(node => named(node.Outputs.First(output => output.Length > 0)), StringComparer.Ordinal);
        var halves = file.Constants.Keys.Concat(file.Nodes.SelectMany(node => node.Outputs)).Where(name => name.Length > 0 && file[name].Type == ElementType.Float16).Select(named).ToHashSet(StringComparer.Ordinal);
        var copy = GraphCopy.Begin(trained, new HashSet<string>());
        foreach (var (name, tensor) in trained.Constants.Where(pair => halves.Contains(pair.Key) && pair.Value.Type == ElementType.Float)) copy.ReplaceConstant(name, Rounded(name, tensor));
        foreach (var name in halves) if (copy.Find(name) is { } value) value.Type = ElementType.Float16;
        var casts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in trained.Nodes)
        {
            var original = ofFile.GetValueOrDefault(node.Outputs.First(output => output.Length > 0));
            string Input(string name) => original is null ? halves.Contains(name) ? Cast(name, ElementType.Float) : name : entries.Contains(name) ? Cast(name, ElementType.Float16) : name;
            copy.AddNode(new Node(node.Name, node.OpType, node.Domain, [.. node.Inputs.Select(Input)], node.Outputs, original?.Attributes ?? node.Attributes) { Carried = node.Carried });
        }

        foreach (var output in trained.Outputs) copy.AddOutput(copy[halves.Contains(output.Name) ? Cast(output.Name, ElementType.Float) : output.Name]);
        return copy;

        string Cast(string name, ElementType type)
        {
            if (casts.TryGetValue(name, out var known)) return known;
            var cast = copy.Define(Free($"{name}/{type}"), type, copy[name].Shape).Name;
            copy.AddNode(new Node(cast, "Cast", "", [name], [cast], new Dictionary<string, object> { ["to"] = (long)type }));
            return casts[name] = cast;
        }

        string Free(string name)
        {
            while (copy.Find(name) is not null) name += "'";
            return name;
        }
    }

    /// <summary>In place: all values and constants of a graph whose nodes are widened.</summary>
    private static void Widen(Graph graph)
    {
        foreach (var value in graph.Inputs.Concat(graph.Nodes.SelectMany(node => node.Outputs).Where(name => name.Length > 0).Select(name => graph[name])))
        {
            if (value.Type == ElementType.Float16) value.Type = ElementType.Float;
        }

        foreach (var (name, tensor) in graph.Constants.Where(pair => pair.Value.Type == ElementType.Float16).ToList())
        {
            graph.ReplaceConstant(name, Widened(tensor));
            graph[name].Type = ElementType.Float;
        }
    }

    private static Node Widened(Node node)
    {
        var attributes = node.Attributes.ToDictionary(pair => pair.Key, pair => Widened(pair.Key, pair.Value), StringComparer.Ordinal);
        return new Node(node.Name, node.OpType, node.Domain, node.Inputs, node.Outputs, attributes) { Carried = node.Carried };
    }

    private static object Widened(string attribute, object value) => value switch
    {
        long and (long)ElementType.Float16 when Types.Contains(attribute) => (long)ElementType.Float,
        Tensor { Type: ElementType.Float16 } tensor => Widened(tensor),
        Graph inner => WidenedInner(inner),
        Graph[] inner => Array.ConvertAll(inner, WidenedInner),
        _ => value,
    };

    private static Graph WidenedInner(Graph inner)
    {
        var copy = InnerGraph.Renamed(inner, name => name, "", Widened);
        Widen(copy);
        return copy;
    }

    private static Tensor Widened(Tensor tensor) => Tensor.Of(Array.ConvertAll(tensor.Elements<Half>().ToArray(), half => (float)half), tensor.Shape.ToArray());

    private static Tensor Rounded(string name, Tensor tensor)
    {
        var halves = new Half[tensor.Count];
        var elements = tensor.Elements<float>();
        for (var i = 0; i < halves.Length; i++)
        {
            halves[i] = (Half)elements[i];
            if (float.IsFinite(elements[i]) && !Half.IsFinite(halves[i]))
            {
                throw new ModelTrainingException("MT3084", FormattableString.Invariant($"Element {i} of weight '{name}' has become {elements[i]}, and the file's 16-bit numbers end at 65504. Lower 'LearningRate', or fine-tune a 32-bit form of the model."));
            }
        }

        return Tensor.Of(halves, tensor.Shape.ToArray());
    }
}
