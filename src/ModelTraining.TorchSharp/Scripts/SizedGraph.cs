using ModelTraining.Onnx;

namespace ModelTraining.Torch;

/// <summary>
/// A graph whose sizes are all known, since the rows of a batch are: shape arithmetic is done here, once, and what does not fit is an error
/// before libtorch sees it.
/// </summary>
internal sealed class SizedGraph
{
    private readonly ListContents _contents;

    /// <param name="source">A graph whose inputs have shapes that are known but for the rows.</param>
    /// <param name="shapes">The shapes of inputs that are not known but for the rows.</param>
    /// <exception cref="ModelTrainingException">MT3100–3102: a node does not fit what it is given. MT3202: a size is not known.</exception>
    public SizedGraph(Graph source, IReadOnlyDictionary<string, long[]> shapes)
    {
        if (source.Nodes.Any(node => node is { OpType: "If", Domain: "" })) source = Decided(source, shapes);
        Graph = new Graph(source.Name, source.Opsets[""]);
        foreach (var (domain, version) in source.Opsets) Graph.UseOpset(domain, version);
        foreach (var input in source.Inputs)
        {
            // An input that has a tensor of its own need not be given.
            if (source.Constants.ContainsKey(input.Name) && !shapes.ContainsKey(input.Name)) continue;
            Graph.Input(input.Name, input.Type, shapes.TryGetValue(input.Name, out var sizes) ? [.. sizes.Select(Dimension.FromInt64)] : [.. input.Shape ?? []]);
        }

        foreach (var (name, tensor) in source.Constants) if (Graph.Find(name) is null) Graph.Constant(tensor, name);
        _contents = new ListContents(Graph);
        foreach (var node in source.Nodes) Add(source, node);
        foreach (var output in source.Outputs) Graph.AddOutput(Graph[output.Name]);
    }

    /// <summary>The graph.</summary>
    public Graph Graph { get; }

    /// <summary>The sizes of a value; null where they follow from what the rows hold.</summary>
    public long[]? Shape(string name) => Graph[name].Shape is { } shape && shape.All(size => size.IsKnown) ? [.. shape.Select(size => size.Size)] : null;

    /// <summary>The whole numbers that a value holds, where they are known.</summary>
    public long[]? Numbers(string name) => ConstantValues.Wholes(Graph.Constants.GetValueOrDefault(name)) ?? ListContents.Numbers(_contents[name]);

    /// <summary>A copy in which the branches that the sizes decide on are in their places.</summary>
    private static Graph Decided(Graph source, IReadOnlyDictionary<string, long[]> shapes)
    {
        var copy = GraphCopy.Begin(source, new HashSet<string>());
        foreach (var input in copy.Inputs) if (shapes.TryGetValue(input.Name, out var sizes)) input.Shape = [.. sizes.Select(Dimension.FromInt64)];
        foreach (var node in source.Nodes) copy.AddNode(node);
        foreach (var output in source.Outputs) copy.AddOutput(copy[output.Name]);
        BranchInlining.Apply(copy);
        copy.Prune();
        return copy;
    }

    private void Add(Graph source, Node node)
    {
        if (node is { OpType: "Constant", Domain: "" } && ConstantValues.Of(node) is { } tensor)
        {
            Graph.Constant(tensor, node.Outputs[0]);
            return;
        }

        Graph.AddNode(node);
        foreach (var name in node.Outputs.Where(name => name.Length > 0)) Graph.Define(name, source[name].Type, null);
        if (node.Domain == TrainingKernels.Domain) AddForm(node);
        else ShapeInference.Infer(Graph, node, _contents);
        foreach (var name in node.Outputs.Where(name => name.Length > 0))
        {
            // What has no rule is taken from the file, where that says it.
            var value = Graph[name];
            if (value.Shape is null && source[name].Shape is { } stated) value.Shape = stated;
        }
    }

    private void AddForm(Node node)
    {
        var x = Graph[node.Inputs[0]];
        Dimension[] perChannel = [.. x.Shape!.Select((size, axis) => axis == 1 ? size : 1)];
        for (var i = 0; i < node.Outputs.Count; i++) (Graph[node.Outputs[i]].Type, Graph[node.Outputs[i]].Shape) = (x.Type, i == 0 ? x.Shape : perChannel);
    }
}
