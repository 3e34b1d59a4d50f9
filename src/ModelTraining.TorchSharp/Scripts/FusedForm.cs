using ModelTraining.Onnx;

namespace ModelTraining.Torch;

/// <summary>
/// A graph of known sizes with one node where libtorch has one operator for several of ONNX: a product with its bias, attention, Gelu. What they make on the way is neither written to memory nor
/// kept for the gradients, and with products of 16 bits a bias leaves the result in 16 bits.
/// </summary>
internal sealed class FusedForm
{
    /// <summary>The operator set.</summary>
    public const string Domain = "modeltraining.libtorch";

    /// <summary>(x, weight, bias) → x · weight + bias over the last dimension.</summary>
    public const string Linear = "Linear";

    /// <summary>(query, key with its last dimensions swapped, value, what is added before the softmax or nothing) → softmax(query · key · scale + added) · value.</summary>
    public const string Attention = "Attention";

    private const int AttentionRank = 4;
    private const int SoftmaxOfLastAxis = 13;

    private readonly Graph _graph;
    private readonly bool _addsMasks;
    private readonly HashSet<string> _learning;
    private readonly Dictionary<string, Node> _makers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);

    private FusedForm(Graph graph, IEnumerable<string> learning, Precision precision)
    {
        // What masks hold, -1e9 and the like, is infinite in IEEE's 16 bits, and a row that is masked whole would be no number.
        (_graph, _addsMasks, _learning) = (graph, precision != Precision.Float16, new HashSet<string>(learning, StringComparer.Ordinal));
        foreach (var node in graph.Nodes)
        {
            if (Graph.Uses(node).Any(_learning.Contains)) _learning.UnionWith(node.Outputs);
            foreach (var name in Graph.Uses(node)) _uses[name] = _uses.GetValueOrDefault(name) + 1;
            foreach (var name in node.Outputs.Where(name => name.Length > 0)) _makers[name] = node;
        }

        foreach (var output in graph.Outputs) _uses[output.Name] = _uses.GetValueOrDefault(output.Name) + 1;
    }

    /// <summary>The graph with such nodes.</summary>
    /// <param name="graph">A graph whose shapes are known.</param>
    /// <param name="learning">The inputs that gradients go towards.</param>
    /// <param name="precision">The numbers that products are made of.</param>
    public static Graph Of(Graph graph, IEnumerable<string> learning, Precision precision)
    {
        var form = new FusedForm(graph, learning, precision);
        var gelus = GeluForm.Find(graph);
        var fused = GraphCopy.Begin(graph, new HashSet<string>());
        foreach (var node in graph.Nodes)
        {
            fused.AddNode(node switch
            {
                { OpType: "Mul", Domain: "" } when gelus.TryGetValue(node.Outputs[0], out var x) => Made(node, GeluForm.OpType, GeluForm.Domain, [x]),
                { OpType: "Add", Domain: "" } => form.AsLinear(node) ?? node,
                { OpType: "MatMul", Domain: "" } => form.AsAttention(node) ?? node,
                _ => node,
            });
        }

        foreach (var output in graph.Outputs) fused.AddOutput(fused[output.Name]);
        fused.Prune();
        return fused;
    }

    private static Node Made(Node node, string opType, string domain, string[] inputs, params (string Name, object Value)[] attributes) =>
        new(node.Name, opType, domain, inputs, node.Outputs, attributes.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal));

    /// <summary>A product with a matrix, and a row that is added to it.</summary>
    private Node? AsLinear(Node node)
    {
        for (var i = 0; i < 2; i++)
        {
            if (Maker(node.Inputs[i], "MatMul") is not { } product || Sizes(product.Inputs[1]) is not [_, var units] || Sizes(product.Inputs[0]) is not { Length: > 1 }) continue;
            if (Sizes(node.Inputs[1 - i]) is [var bias] && bias == units && _graph[node.Outputs[0]].Type == ElementType.Float) return Made(node, Linear, Domain, [product.Inputs[0], product.Inputs[1], node.Inputs[1 - i]]);
        }

        return null;
    }

    private Node? AsAttention(Node node)
    {
        if (Maker(node.Inputs[0], "Softmax") is not { } softmax || !IsOverLastAxis(softmax) || Sizes(node.Inputs[1]) is not { Length: AttentionRank } || _graph[node.Outputs[0]].Type != ElementType.Float) return null;
        var (scores, mask) = (softmax.Inputs[0], "");
        if (Maker(scores, "Add") is { } sum)
        {
            var at = Enumerable.Range(0, 2).FirstOrDefault(i => Scaled(sum.Inputs[i]) is not null && !_learning.Contains(sum.Inputs[1 - i]), -1);
            if (at < 0 || !_addsMasks) return null;
            (scores, mask) = (sum.Inputs[at], sum.Inputs[1 - at]);
        }

        if (Scaled(scores) is not (var product, var scale) || Sizes(product.Inputs[0]) is not { Length: AttentionRank } || Sizes(product.Inputs[1]) is not { Length: AttentionRank }) return null;
        string[] inputs = [product.Inputs[0], product.Inputs[1], node.Inputs[1]];
        return Made(node, Attention, Domain, mask.Length > 0 ? [.. inputs, mask] : inputs, ("scale", scale));
    }

    /// <summary>The product that a value is, or is a multiple of.</summary>
    private (Node Product, float Scale)? Scaled(string name)
    {
        if (Maker(name, "MatMul") is { } plain) return (plain, 1);
        if (Maker(name, "Mul") is { } multiple)
        {
            for (var i = 0; i < 2; i++) if (Maker(multiple.Inputs[i], "MatMul") is { } product && Number(multiple.Inputs[1 - i]) is { } factor) return (product, (float)factor);
        }

        return Maker(name, "Div") is { } quotient && Maker(quotient.Inputs[0], "MatMul") is { } divided && Number(quotient.Inputs[1]) is { } divisor ? (divided, (float)(1 / divisor)) : null;
    }

    private bool IsOverLastAxis(Node softmax)
    {
        var rank = Sizes(softmax.Inputs[0])?.Length ?? 0;
        var axis = softmax.Whole("axis", _graph.Opsets[""] >= SoftmaxOfLastAxis ? -1 : 1);
        return rank == AttentionRank && (axis == -1 || axis == rank - 1);
    }

    /// <summary>The node of an operator that makes a value for one reader alone.</summary>
    private Node? Maker(string name, string opType) => _uses.GetValueOrDefault(name) == 1 && _makers.TryGetValue(name, out var maker) && maker.OpType == opType && maker.Domain.Length == 0 ? maker : null;

    private long[]? Sizes(string name) => _graph[name].Shape is { } shape && shape.All(size => size.IsKnown) ? [.. shape.Select(size => size.Size)] : null;

    private double? Number(string name) => ConstantValues.Find(_graph, name) is { Count: 1 } tensor && _graph[name].Shape is not { Count: > 1 } ? ConstantValues.Number(tensor) : null;
}
