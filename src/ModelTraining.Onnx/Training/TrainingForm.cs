namespace ModelTraining.Onnx;

/// <summary>
/// The form of a graph that is trained: weights are inputs, Dropout drops by noise that is an input, batch normalisation whose scale is trained
/// normalises by the batch, and what the backend has kernels for is theirs.
/// </summary>
internal sealed class TrainingForm
{
    private readonly List<DropoutNoise> _noise = [];
    private readonly List<RunningStatistic> _statistics = [];
    private readonly Graph _source;
    private readonly HashSet<string> _weights;

    private TrainingForm(TrainingGraph graph, bool kernels)
    {
        _source = graph.Graph;
        _weights = graph.Weights.Select(weight => weight.Name).ToHashSet(StringComparer.Ordinal);
        Graph = GraphCopy.Begin(_source, _weights);
        if (kernels) TrainingKernels.Allow(Graph);
        var gelus = kernels ? GeluForm.Find(_source) : new Dictionary<string, string>();
        if (gelus.Count > 0) Graph.UseOpset(GeluForm.Domain, 1);
        var products = kernels ? ProductForm.Find(Graph, graph, gelus) : [];
        var attentions = kernels ? AttentionForm.Find(Graph, graph) : [];
        foreach (var node in _source.Nodes)
        {
            if (products.TryGetValue(node.Outputs[0], out var product))
            {
                if (product is not null) AddProduct(node, product);
                continue;
            }

            switch (node)
            {
                case { OpType: "Reshape", Domain: "" } when attentions.TryGetValue(node.Outputs[0], out var attention): AddAttention(node, attention); break;
                case { OpType: "Mul", Domain: "" } when gelus.TryGetValue(node.Outputs[0], out var input): AddAs(node.Outputs[0], GeluForm.OpType, [Graph[input]], GeluForm.Domain); break;
                case { OpType: "Conv", Domain: "", Inputs.Count: 2 } when Moved(node) is { } moves: Graph.AddNode(new Node(node.Name, TrainingKernels.Convolution, TrainingKernels.Domain, node.Inputs, node.Outputs, moves.Attributes().ToDictionary(pair => pair.Item1, pair => pair.Item2))); break;
                case { OpType: "Transpose", Domain: "" } when TrainingKernels.Take(Graph[node.Outputs[0]]) && node.Wholes("perm") is [0, 2, 1, 3]: AddAs(node.Outputs[0], TrainingKernels.Swap, [Graph[node.Inputs[0]]], TrainingKernels.Domain); break;
                case { OpType: "LayerNormalization", Domain: "" } when TrainingKernels.Take(Graph[node.Inputs[0]]): AddLayerNormalization(node); break;
                case { OpType: "Dropout", Domain: "" }: AddDropout(node); break;
                case { OpType: "BatchNormalization", Domain: "" } when _weights.Contains(node.Inputs[1]): AddBatchNormalization(node); break;
                default: Graph.AddNode(node); break;
            }
        }
    }

    /// <summary>The graph, without outputs. Values have the names that they have in the graph that it was made of.</summary>
    public Graph Graph { get; }

    /// <summary>What has to be drawn before each step.</summary>
    public IReadOnlyList<DropoutNoise> Noise => _noise;

    /// <summary>What follows the batches.</summary>
    public IReadOnlyList<RunningStatistic> Statistics => _statistics;

    /// <summary>The training form of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="kernels">Whether it may have operators of <see cref="TrainingKernels"/> besides batch normalisation.</param>
    /// <exception cref="ModelTrainingException">MT3060: a Dropout or batch normalisation is written in a way that can't be trained.</exception>
    public static TrainingForm Of(TrainingGraph graph, bool kernels = true) => new(graph, kernels);

    /// <summary>The graph as it will be used, with weights and running statistics as inputs; without outputs.</summary>
    public static Graph Inference(TrainingGraph graph, IEnumerable<string> statistics)
    {
        var copy = GraphCopy.Begin(graph.Graph, graph.Weights.Select(weight => weight.Name).Concat(statistics).ToHashSet(StringComparer.Ordinal));
        foreach (var node in graph.Graph.Nodes) copy.AddNode(node);
        return copy;
    }

    private void AddDropout(Node node)
    {
        if (node.Outputs.Count > 1 && node.Outputs[1].Length > 0 && _source.Nodes.Any(other => other.Inputs.Contains(node.Outputs[1])))
        {
            throw new ModelTrainingException("MT3060", $"Dropout '{node.Name}' hands on its mask, which training draws by itself. Leave the second output out.");
        }

        var input = Graph[node.Inputs[0]];
        var ratio = Ratio(node);
        if (ratio == 0)
        {
            AddAs(node.Outputs[0], "Identity", [input]);
            return;
        }

        var noise = Graph.Input($"{node.Outputs[0]}/noise", input.Type, [.. Known(node, input)]);
        _noise.Add(new DropoutNoise(noise, ratio));
        AddAs(node.Outputs[0], "Mul", [input, noise]);
    }

    private static IReadOnlyList<Dimension> Known(Node node, Value input)
    {
        if (input.Type == ElementType.Float && input.Shape is { } shape && shape.Skip(1).All(dimension => dimension.IsKnown)) return shape;
        throw new ModelTrainingException("MT3060", $"Dropout '{node.Name}' drops from {input}, whose shape is not known but for the batch. Give the graph's inputs fixed sizes, for example a length of the texts.");
    }

    private double Ratio(Node node)
    {
        if (node.Attributes.TryGetValue("ratio", out var attribute)) return (float)attribute; // before opset 12
        if (node.Inputs.Count < 2 || node.Inputs[1].Length == 0) return 0.5;
        if ((_source.Constants.GetValueOrDefault(node.Inputs[1]) ?? ConstantValues.Find(_source, node.Inputs[1])) is not { } ratio) throw new ModelTrainingException("MT3060", $"Dropout '{node.Name}' computes its ratio '{node.Inputs[1]}'. Make it a constant.");
        return ratio.Type switch
        {
            ElementType.Float => ratio.Elements<float>()[0],
            ElementType.Double => ratio.Elements<double>()[0],
            _ => (double)ratio.Elements<Half>()[0],
        };
    }

    /// <summary>Ioffe and Szegedy, 2015: by mean and variance of each channel over the batch and all positions.</summary>
    private void AddBatchNormalization(Node node)
    {
        var input = Graph[node.Inputs[0]];
        if (input.Shape is not { Count: >= 2 } shape || !shape[1].IsKnown)
        {
            throw new ModelTrainingException("MT3060", $"BatchNormalization '{node.Name}' takes {input}, whose channels are not known. Give the graph's inputs their shapes.");
        }

        if (node.Inputs.Skip(3).Take(2).FirstOrDefault(name => !_source.Constants.ContainsKey(name)) is { } computed)
        {
            throw new ModelTrainingException("MT3060", $"BatchNormalization '{node.Name}' goes by '{computed}', which is computed: running statistics that follow the batches are constants. Make it one, or freeze its scale.");
        }

        var keep = node.Attributes.TryGetValue("momentum", out var momentum) ? (float)momentum : 0.9f;
        var epsilon = node.Attributes.TryGetValue("epsilon", out var small) ? (float)small : 1e-5f;
        Dimension[] perChannel = [.. shape.Select((size, axis) => axis == 1 ? size : 1)];
        var (mean, variance) = (Graph.Define($"{node.Outputs[0]}/mean", input.Type, perChannel), Graph.Define($"{node.Outputs[0]}/variance", input.Type, perChannel));
        var inverse = Graph.Define($"{node.Outputs[0]}/inverse", input.Type, perChannel);
        Graph.AddNode(new Node(node.Name, TrainingKernels.BatchNormalization, TrainingKernels.Domain, [.. node.Inputs.Take(3)], [node.Outputs[0], mean.Name, variance.Name, inverse.Name], new Dictionary<string, object> { ["epsilon"] = epsilon }));
        _statistics.Add(new RunningStatistic(node.Inputs[3], mean.Reshape([shape[1].Size]), keep));
        _statistics.Add(new RunningStatistic(node.Inputs[4], variance.Reshape([shape[1].Size]), keep));
    }

    /// <summary>How a convolution moves that the backend has a kernel for; null for others.</summary>
    private Moves? Moved(Node node)
    {
        var (x, weight) = (Graph[node.Inputs[0]], Graph[node.Inputs[1]]);
        if (weight.Shape is not { Count: 4 } sizes || !sizes.All(size => size.IsKnown) || x.Shape is not { Count: 4 } shape || !shape.All(size => size.IsKnown)) return null;
        var moves = Moves.Of(node, [sizes[2].Size, sizes[3].Size], axis => shape[axis].Size);
        return TrainingKernels.TakeConvolution(x, weight, moves, node.Whole("group", 1)) ? moves : null;
    }

    /// <summary>With the outputs that the gradient needs. One that is written in another way stays ONNX Runtime's.</summary>
    private void AddLayerNormalization(Node node)
    {
        if (node is not { Inputs: [_, _, { Length: > 0 }], Outputs: [var output] } || Graph[node.Inputs[0]].Shape is not { } shape)
        {
            Graph.AddNode(node);
            return;
        }

        var axis = Shapes.Axis("LayerNormalization", Graph[node.Inputs[0]], node.Whole("axis", -1), shape.Count);
        Dimension[] perRow = [.. shape.Select((size, i) => i < axis ? size : 1)];
        var (mean, inverse) = (Graph.Define($"{output}/mean", ElementType.Float, perRow), Graph.Define($"{output}/inverse", ElementType.Float, perRow));
        var attributes = new Dictionary<string, object> { ["axis"] = (long)axis, ["epsilon"] = node.Number("epsilon", 1e-5f) };
        Graph.AddNode(new Node(node.Name, TrainingKernels.LayerNormalization, TrainingKernels.Domain, node.Inputs, [output, mean.Name, inverse.Name], attributes));
    }

    private void AddProduct(Node node, ProductForm product)
    {
        string[] inputs = product.Bias is { } bias ? [product.Input, product.Weight, bias] : [product.Input, product.Weight];
        var (type, shape) = TrainingKernels.Room;
        List<string> outputs = [node.Outputs[0]];
        if (product.Gelu) outputs.Add(Graph.Define($"{node.Outputs[0]}/slope", ElementType.Float, Graph[node.Outputs[0]].Shape).Name);
        outputs.Add(Graph.Define($"{node.Outputs[0]}/room", type, shape).Name);
        var attributes = TrainingKernels.ProductAttributes(product.Transposed, product.Bias is not null).ToDictionary(pair => pair.Name, pair => pair.Value);
        Graph.AddNode(new Node(node.Name, product.Gelu ? TrainingKernels.ProductGelu : TrainingKernels.Product, TrainingKernels.Domain, inputs, outputs, attributes));
    }

    private void AddAttention(Node node, AttentionForm attention)
    {
        var (query, key) = (Graph[attention.Query].Shape!, Graph[attention.Key].Shape!);
        var shares = Graph.Define($"{node.Outputs[0]}/shares", ElementType.Float, [query[0], attention.Heads, query[1], key[1]]);
        var attributes = new Dictionary<string, object> { ["heads"] = attention.Heads, ["scale"] = attention.Scale, ["masks"] = (long)attention.Masks.Count };
        Graph.AddNode(new Node(node.Name, TrainingKernels.Attention, TrainingKernels.Domain, [attention.Query, attention.Key, attention.Content, .. attention.Masks], [node.Outputs[0], shares.Name], attributes));
    }

    private void AddAs(string output, string opType, IReadOnlyList<Value> inputs, string domain = "") =>
        Graph.AddNode(new Node(output, opType, domain, [.. inputs.Select(input => input.Name)], [output], new Dictionary<string, object>()));
}
