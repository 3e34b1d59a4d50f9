using System.IO.Enumeration;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What stands in a network while it is trained and is taken out of it afterwards: adapters beside weights, and Dropout.</summary>
/// <param name="options">Which.</param>
/// <param name="network">What the network is called in messages.</param>
internal sealed class TrunkAdditions(FineTuneOptions options, string network)
{
    private readonly List<Adapter> _adapters = [];
    private readonly HashSet<string> _added = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _standsFor = new(StringComparer.Ordinal);

    public IReadOnlyList<Adapter> Adapters => _adapters;

    public bool IsEmpty => _added.Count == 0;

    /// <summary>What the trunk's values are called in the graph that is trained.</summary>
    public TrunkNames Names { get; } = new();

    /// <summary>The nodes after which something is dropped.</summary>
    /// <exception cref="ModelTrainingException">MT1753: a pattern is like the name of none.</exception>
    public static IReadOnlySet<Node> Dropped(Graph trunk, FineTuneOptions options, string network)
    {
        var nodes = trunk.Nodes.Where(node => node.Domain.Length == 0 && node.Outputs.Count > 0 && node.OpType is not ("Constant" or "Shape")).ToList();
        bool IsCalled(Node node, string pattern) => FileSystemName.MatchesSimpleExpression(pattern, node.Name, ignoreCase: false) || FileSystemName.MatchesSimpleExpression(pattern, node.Outputs[0], ignoreCase: false);
        var problems = options.DropoutAfter.Where(pattern => !nodes.Any(node => IsCalled(node, pattern)))
            .Select(pattern => new Problem("MT1753", $"No node of {network} is called like '{pattern}' of 'DropoutAfter'. {NearestNames.Sentence(pattern, nodes.Select(node => node.Name.Length > 0 ? node.Name : node.Outputs[0]))}")).ToList();
        return problems.Count == 0 ? nodes.Where(node => options.DropoutAfter.Any(pattern => IsCalled(node, pattern))).ToHashSet() : throw new ModelTrainingException(problems);
    }

    /// <summary>The trunk with what is added; shapes of the inputs are known but for the batch.</summary>
    public Graph AddTo(Graph trunk, SeededRandom random)
    {
        var adapted = new Dictionary<Node, Adapter>();
        foreach (var weight in options.LoRA is { } lora ? LoRATargets.Of(trunk, lora, network) : [])
        {
            var adapter = new Adapter(weight, options.LoRA!.Rank, (float)(options.LoRA.Alpha / options.LoRA.Rank));
            _adapters.Add(adapter);
            foreach (var layer in weight.Layers) adapted.Add(layer, adapter);
        }

        var dropped = Dropped(trunk, options, network);
        if (adapted.Count + dropped.Count == 0) return trunk;
        var rows = new RowShapes(trunk);
        var graph = GraphCopy.Begin(trunk, new HashSet<string>());
        foreach (var adapter in _adapters)
        {
            var (down, up) = adapter.Begin(random.Fork(adapter.Weight.Name));
            graph.Constant(down, adapter.Down);
            graph.Constant(up, adapter.Up);
        }

        var now = new Dictionary<string, string>(StringComparer.Ordinal);
        string Now(string name) => now.GetValueOrDefault(name, name);
        foreach (var node in trunk.Nodes)
        {
            var output = node.Outputs.Count > 0 ? node.Outputs[0] : "";
            graph.AddNode(WithInputs(node, Now));
            if (adapted.TryGetValue(node, out var adapter)) now[output] = AddAdapter(graph, adapter, node, Now(node.Inputs[0]), rows);
            if (dropped.Contains(node)) now[output] = StandsFor(Drop(graph, Now(output), output, rows, $"{output}/dropout", options.Dropout), Now(output));
        }

        foreach (var result in trunk.Outputs) graph.AddOutput(graph[Now(result.Name)]);
        ShapeInference.Infer(graph);
        return graph;
    }

    /// <summary>Dropout in front of the head.</summary>
    public Value BeforeHead(Value features)
    {
        if (options.Dropout == 0) return features;
        var dropped = features.Dropout((float)options.Dropout);
        _added.Add(dropped.Name);
        StandsFor(dropped.Name, features.Name);
        return dropped;
    }

    /// <summary>The network without what was added, adapters merged into their weights.</summary>
    public Graph TakeOut(Graph trained)
    {
        var added = _added.Select(Names.Now).ToHashSet(StringComparer.Ordinal);
        var standsFor = _standsFor.ToDictionary(pair => Names.Now(pair.Key), pair => Names.Now(pair.Value), StringComparer.Ordinal);
        string Before(string name)
        {
            while (standsFor.TryGetValue(name, out var earlier)) name = earlier;
            return name;
        }

        var graph = GraphCopy.Begin(trained, new HashSet<string>());
        foreach (var node in trained.Nodes.Where(node => !node.Outputs.Any(added.Contains))) graph.AddNode(WithInputs(node, Before));
        foreach (var output in trained.Outputs) graph.AddOutput(graph[Before(output.Name)]);
        foreach (var adapter in _adapters)
        {
            var (weight, constants) = (Names.Now(adapter.Weight.Name), trained.Constants);
            graph.ReplaceConstant(weight, adapter.Merged(constants[weight], constants[adapter.Down], constants[adapter.Up]));
        }

        graph.Prune();
        return graph;
    }

    /// <summary>y + scale · dropped(x)·A·B beside y = x·W; the convolution to few channels moves as the layer does.</summary>
    private string AddAdapter(Graph graph, Adapter adapter, Node layer, string input, RowShapes rows)
    {
        var output = layer.Outputs[0];
        var stem = $"{output}/lora";
        if (options.LoRA!.Dropout > 0) input = Drop(graph, input, layer.Inputs[0], rows, $"{stem}/dropout", options.LoRA.Dropout);
        var opType = adapter.Weight.IsConvolution ? "Conv" : "MatMul";
        var down = Node(graph, opType, $"{stem}/down", [input, adapter.Down], adapter.Weight.IsConvolution ? layer.Attributes : null);
        var scaled = Node(graph, "Mul", $"{stem}/scaled", [down, Constant(graph, $"{stem}/scale", Tensor.Of([adapter.Scale]))]);
        return StandsFor(Node(graph, "Add", stem, [output, Node(graph, opType, $"{stem}/up", [scaled, adapter.Up])]), output);
    }

    /// <summary>Dropout is trained by noise of a shape that must be known but for the batch, which comes first: rows and positions in one dimension are taken apart for it, and dimensions before the batch moved behind.</summary>
    private string Drop(Graph graph, string value, string shaped, RowShapes shapes, string name, double rate)
    {
        var ratio = Constant(graph, $"{name}/ratio", Tensor.Of([(float)rate]));
        if (shapes.Of(shaped) is { } rows)
        {
            if (rows[0] == 1) return Node(graph, "Dropout", name, [Node(graph, "Reshape", $"{name}/rows", [value, Constant(graph, $"{name}/row", List([-1, .. rows[1..]]))]), ratio]);
            var apart = Node(graph, "Reshape", $"{name}/rows", [value, Constant(graph, $"{name}/row", List([-1, .. rows]))]);
            return Node(graph, "Reshape", name, [Node(graph, "Dropout", $"{name}/kept", [apart, ratio]), Constant(graph, $"{name}/positions", List([-1, .. rows[1..]]))]);
        }

        if (shapes.Inner(shaped) is not var (axis, sizes)) throw new ModelTrainingException("MT3060", $"Dropout after {graph[value]} of {network} needs its shape, which is not known but for the batch. Export the model with its shapes, or name other places.");
        long[] swap = [.. Enumerable.Range(0, sizes.Length).Select(i => i == 0 ? axis : i == axis ? 0L : i)];
        var swapped = new Dictionary<string, object> { ["perm"] = swap };
        var first = Node(graph, "Transpose", $"{name}/first", [value], swapped);
        var known = Node(graph, "Reshape", $"{name}/rows", [first, Constant(graph, $"{name}/row", List([-1, .. swap.Skip(1).Select(from => sizes[from])]))]);
        return Node(graph, "Transpose", name, [Node(graph, "Dropout", $"{name}/kept", [known, ratio])], swapped);
    }

    private string Node(Graph graph, string opType, string output, string[] inputs, IReadOnlyDictionary<string, object>? attributes = null)
    {
        graph.Define(output, ElementType.Undefined, null);
        graph.AddNode(new Node(output, opType, "", inputs, [output], attributes ?? new Dictionary<string, object>()));
        _added.Add(output);
        return output;
    }

    private string StandsFor(string added, string earlier)
    {
        _standsFor.Add(added, earlier);
        return added;
    }

    private static string Constant(Graph graph, string name, Tensor tensor) => graph.Constant(tensor, name).Name;

    private static Tensor List(long[] sizes) => Tensor.Of(sizes, sizes.Length);

    private static Node WithInputs(Node node, Func<string, string> renamed) =>
        node.Inputs.All(input => renamed(input) == input) ? node : new Node(node.Name, node.OpType, node.Domain, [.. node.Inputs.Select(renamed)], node.Outputs, node.Attributes) { Carried = node.Carried };
}
