using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// Finds the dense layers of attention (Vaswani et al., 2017) by how they are joined, since names of an exported graph say little: softmax(Q·Kᵀ)·V is a Softmax between
/// two products of computed values, Q, K and V come from the dense layers before these, and the next dense layer after them is the output's.
/// </summary>
internal sealed class AttentionProjections
{
    /// <summary>What may stand between the scores and the softmax of them: scale and mask.</summary>
    private static readonly HashSet<string> AroundScores = ["Add", "Sub", "Mul", "Div", "Where", "Identity", "Cast", "Reshape", "Transpose", "Clip", "Min", "Max", "Squeeze", "Unsqueeze", "Dropout"];

    /// <summary>Operators whose further inputs say shapes and places, and hold no numbers that are computed with.</summary>
    private static readonly HashSet<string> FirstInputAlone = ["Reshape", "Transpose", "Slice", "Split", "Gather", "Squeeze", "Unsqueeze", "Expand", "Identity", "Cast", "Dropout", "Flatten", "Tile", "Pad", "Clip", "Pow", "ReduceMean"];

    private readonly Dictionary<string, Node> _producers;
    private readonly ILookup<string, Node> _consumers;
    private readonly Dictionary<Node, LayerWeight> _dense;
    private readonly HashSet<string> _computed;

    private AttentionProjections(Graph graph, IEnumerable<LayerWeight> weights)
    {
        _producers = graph.Nodes.SelectMany(node => node.Outputs.Where(name => name.Length > 0).Select(name => (name, node))).ToDictionary(pair => pair.name, pair => pair.node);
        _consumers = graph.Nodes.SelectMany(node => node.Inputs.Where(name => name.Length > 0).Distinct().Select(name => (name, node))).ToLookup(pair => pair.name, pair => pair.node);
        _dense = weights.SelectMany(weight => weight.Layers.Select(layer => (layer, weight))).ToDictionary(pair => pair.layer, pair => pair.weight);
        _computed = graph.Nodes.Where(node => node.OpType != "Constant").SelectMany(node => node.Outputs).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Those of the weights that are attention's, in their order; none where there is no attention.</summary>
    public static IReadOnlyList<LayerWeight> Among(Graph graph, IReadOnlyList<LayerWeight> weights)
    {
        var search = new AttentionProjections(graph, weights);
        var found = graph.Nodes.Where(node => node is { OpType: "Softmax", Domain: "" }).SelectMany(search.Around).ToHashSet();
        return [.. weights.Where(found.Contains)];
    }

    private IEnumerable<LayerWeight> Around(Node softmax)
    {
        var scores = Before(softmax, node => AroundScores.Contains(node.OpType) ? node.Inputs : null).FirstOrDefault(IsProduct);
        var attended = After(softmax).FirstOrDefault(IsProduct);
        if (scores is null || attended is null) return [];
        // Where a softmax is walked back from the product, it ends on the scores, which are found already.
        return new[] { scores, attended }.SelectMany(product => Before(product, Sources)).Concat(After(attended)).Where(_dense.ContainsKey).Select(node => _dense[node]);
    }

    /// <summary>A product of two computed values.</summary>
    private bool IsProduct(Node node) => node.OpType is "MatMul" or "Einsum" && node.Domain.Length == 0 && !_dense.ContainsKey(node) && node.Inputs.Count == 2 && node.Inputs.All(_computed.Contains);

    private IReadOnlyList<string>? Sources(Node node) => _dense.ContainsKey(node) || node.OpType is "Softmax" or "Shape" ? null : FirstInputAlone.Contains(node.OpType) ? [node.Inputs[0]] : node.Inputs;

    /// <summary>The nodes before one, as far as <paramref name="through"/> gives inputs to go on with; those where it ends are among them.</summary>
    private IEnumerable<Node> Before(Node start, Func<Node, IReadOnlyList<string>?> through)
    {
        var waiting = new Queue<string>(start.Inputs);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.TryDequeue(out var name))
        {
            if (!seen.Add(name) || !_producers.TryGetValue(name, out var node)) continue;
            yield return node;
            foreach (var input in through(node) ?? []) waiting.Enqueue(input);
        }
    }

    /// <summary>The nodes after one, up to the next product or dense layer on each path.</summary>
    private IEnumerable<Node> After(Node start)
    {
        var waiting = new Queue<string>(start.Outputs.Take(1));
        var seen = new HashSet<Node>();
        while (waiting.TryDequeue(out var name))
        {
            foreach (var node in _consumers[name])
            {
                if (!seen.Add(node)) continue;
                yield return node;
                if (FirstInputAlone.Contains(node.OpType) || node.OpType is "Where" or "Mul") waiting.Enqueue(node.Outputs[0]);
            }
        }
    }
}
