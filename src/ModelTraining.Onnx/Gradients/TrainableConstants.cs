namespace ModelTraining.Onnx;

/// <summary>Finds the constants that a loss can be lowered by.</summary>
internal static class TrainableConstants
{
    private const int FirstStatistic = 3;

    public static IReadOnlyList<Value> Of(Value loss)
    {
        var graph = loss.Graph;
        var reaching = new HashSet<string>(StringComparer.Ordinal) { loss.Name };
        foreach (var node in graph.Nodes.Reverse())
        {
            if (!node.Outputs.Any(reaching.Contains) || GradientRules.StopsAt(node)) continue;
            for (var i = 0; i < node.Inputs.Count; i++)
            {
                if (node.OpType == "BatchNormalization" && i >= FirstStatistic) break;
                if (node.Inputs[i].Length > 0) reaching.Add(node.Inputs[i]);
            }
        }

        var found = new List<Value>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in graph.Nodes.Where(node => node.Outputs.Any(reaching.Contains)).SelectMany(node => node.Inputs))
        {
            if (!reaching.Contains(name) || !graph.Constants.TryGetValue(name, out var tensor) || tensor.Shape.Length == 0 || !seen.Add(name)) continue;
            if (Gradients.Differentiable(tensor.Type)) found.Add(graph[name]);
        }

        return found;
    }
}
