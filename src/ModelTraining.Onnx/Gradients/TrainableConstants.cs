namespace ModelTraining.Onnx;

/// <summary>Finds the constants that a loss can be lowered by.</summary>
internal static class TrainableConstants
{
    /// <summary>Operators of which only the first inputs are computed with; the others are statistics and settings.</summary>
    private static readonly Dictionary<string, int> Computed = new(StringComparer.Ordinal)
    {
        ["BatchNormalization"] = 3, ["Clip"] = 1, ["Dropout"] = 1, ["NegativeLogLikelihoodLoss"] = 1, ["Pad"] = 1, ["Resize"] = 1, ["SoftmaxCrossEntropyLoss"] = 1,
    };

    public static IReadOnlyList<Value> Of(Value loss)
    {
        var graph = loss.Graph;
        var reaching = new HashSet<string>(StringComparer.Ordinal) { loss.Name };
        foreach (var node in graph.Nodes.Reverse())
        {
            if (!node.Outputs.Any(reaching.Contains) || GradientRules.StopsAt(node)) continue;
            reaching.UnionWith(Computed.TryGetValue(node.OpType, out var count) ? node.Inputs.Take(count) : Graph.Uses(node));
        }

        var found = new List<Value>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in graph.Nodes.Where(node => node.Outputs.Any(reaching.Contains)).SelectMany(Graph.Uses))
        {
            if (!reaching.Contains(name) || !graph.Constants.TryGetValue(name, out var tensor) || tensor.Shape.Length == 0 || !seen.Add(name)) continue;
            if (Gradients.Differentiable(tensor.Type)) found.Add(graph[name]);
        }

        return found;
    }
}
