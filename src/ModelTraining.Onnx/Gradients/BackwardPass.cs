namespace ModelTraining.Onnx;

/// <summary>Walks the nodes of a graph from a loss back to the values that gradients are asked for, and adds up what reaches a value on several paths.</summary>
internal sealed class BackwardPass
{
    private readonly Graph _graph;
    private readonly Node[] _nodes;
    private readonly IReadOnlyList<Value> _towards;
    private readonly HashSet<string> _depending;
    private readonly Dictionary<string, List<Value>> _gradients = new(StringComparer.Ordinal);

    /// <param name="graph">The graph, to which the gradients' nodes are appended.</param>
    /// <param name="first">The first node to be differentiated; those before it count as given.</param>
    /// <param name="towards">The values that gradients are asked for.</param>
    public BackwardPass(Graph graph, int first, IReadOnlyList<Value> towards)
    {
        (_graph, _towards) = (graph, towards);
        _nodes = [.. graph.Nodes.Skip(first)];
        _depending = Dependents(towards);
    }

    /// <summary>States the gradient of a value that the walk starts from.</summary>
    public void Seed(Value value, Value gradient) => Give(value.Name, gradient);

    /// <exception cref="ModelTrainingException">MT3012: an operator on the path has no rule. MT3112: the attributes of a node make no sense.</exception>
    public void Run()
    {
        for (var i = _nodes.Length - 1; i >= 0; i--)
        {
            var node = _nodes[i];
            if (!node.Outputs.Any(_gradients.ContainsKey) || !Graph.Uses(node).Any(_depending.Contains) || GradientRules.StopsAt(node)) continue;
            var rule = GradientRules.Find(node) ?? throw Unknown(node);
            try
            {
                rule.Apply(new NodeGradient(this, _graph, node));
            }
            catch (Exception exception) when (NodeProblem.IsIt(exception))
            {
                throw NodeProblem.Of(_graph, node, exception);
            }
        }
    }

    /// <summary>Whether gradients of <paramref name="name"/> are asked for, or needed on the way.</summary>
    public bool Needs(string name) => _depending.Contains(name);

    /// <summary>Adds to the gradient of a value.</summary>
    public void Give(string name, Value gradient)
    {
        if (!_depending.Contains(name)) return;
        if (!_gradients.TryGetValue(name, out var parts)) _gradients[name] = parts = [];
        parts.Add(gradient);
    }

    /// <summary>The gradient of a value, null where there is none.</summary>
    public Value? Gradient(Value value)
    {
        if (!_gradients.TryGetValue(value.Name, out var parts)) return null;
        if (parts.Count > 1)
        {
            var sum = parts.Count == 2 ? parts[0] + parts[1]
                : TrainingKernels.Take(value) ? _graph.Add(TrainingKernels.Sum, [.. parts], value.Type, value.Shape, [("terms", (long)parts.Count)], TrainingKernels.Domain)
                : _graph.Add("Sum", [.. parts], value.Type, value.Shape);
            parts.Clear();
            parts.Add(sum);
        }

        return parts[0];
    }

    private HashSet<string> Dependents(IEnumerable<Value> from)
    {
        var depending = from.Select(value => value.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var node in _nodes)
        {
            if (GradientRules.StopsAt(node) || !Graph.Uses(node).Any(depending.Contains)) continue;
            foreach (var output in node.Outputs)
            {
                if (output.Length > 0 && Gradients.Differentiable(_graph[output].Type)) depending.Add(output);
            }
        }

        return depending;
    }

    private ModelTrainingException Unknown(Node node)
    {
        var through = _towards.Where(value => Dependents([value]) is var reached && Graph.Uses(node).Any(reached.Contains)).Select(value => value.Name).ToList();
        var named = string.Join(", ", through.Take(5).Select(name => $"'{name}'")) + (through.Count > 5 ? $" and {through.Count - 5} more" : "");
        return new ModelTrainingException(
            "MT3012", $"{node.OpType}{(node.Domain.Length > 0 ? $" of {node.Domain}" : "")}, node '{node.Name}' of graph '{_graph.Name}', has no gradient. Freeze what reaches the loss through it: {named}.");
    }
}
