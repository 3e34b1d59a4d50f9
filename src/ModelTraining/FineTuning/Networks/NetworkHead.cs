using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Finds the layer of a network that answers its question.</summary>
internal static class NetworkHead
{
    private static readonly HashSet<string> After =
        ["Softmax", "LogSoftmax", "Sigmoid", "Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Cast", "Dropout", "Relu", "GlobalAveragePool", "GlobalMaxPool", "AveragePool", "ReduceMean", "Add"];

    /// <summary>The value that goes into the last layer with weights, from the first floating-point output backwards.</summary>
    /// <exception cref="ModelTrainingException">MT3072: there is none to be found.</exception>
    public static string Find(Graph graph, string path)
    {
        var producers = graph.Nodes.SelectMany(node => node.Outputs.Select(output => (output, node))).Where(pair => pair.output.Length > 0).ToDictionary(pair => pair.output, pair => pair.node);
        var output = graph.Outputs.FirstOrDefault(output => output.Type == ElementType.Float) ?? throw NotFound(path, "it has no output of numbers");
        var value = output.Name;
        while (producers.TryGetValue(value, out var node))
        {
            if (node.OpType is "Gemm" or "MatMul" or "Conv" && IsWeight(graph, producers, node.Inputs[1])) return node.Inputs[0];
            if (WrittenOutSoftmax(producers, node) is { } scores)
            {
                value = scores;
                continue;
            }

            if (!After.Contains(node.OpType)) throw NotFound(path, $"in front of its output stands {node.OpType} '{node.Name}'{Candidates(graph, producers)}");
            // A bias is a constant: the way back is the other operand.
            value = node.OpType == "Add" && IsWeight(graph, producers, node.Inputs[0]) ? node.Inputs[1] : node.Inputs[0];
        }

        throw NotFound(path, $"no layer with weights leads to output '{output.Name}'");
    }

    /// <summary>The scores of which a Div is e^(scores − their maximum) over its sum; null where it is something else.</summary>
    private static string? WrittenOutSoftmax(Dictionary<string, Node> producers, Node node)
    {
        if (node.OpType != "Div" || !producers.TryGetValue(node.Inputs[0], out var exponential) || exponential.OpType != "Exp") return null;
        return producers.TryGetValue(exponential.Inputs[0], out var difference) && difference.OpType == "Sub" ? difference.Inputs[0] : exponential.Inputs[0];
    }

    /// <summary>What goes into the last layers with weights, which a head may take as well.</summary>
    private static string Candidates(Graph graph, Dictionary<string, Node> producers)
    {
        var layers = graph.Nodes.Where(node => node.OpType is "Gemm" or "MatMul" or "Conv" && IsWeight(graph, producers, node.Inputs[1]) && producers.ContainsKey(node.Inputs[0])).TakeLast(3).ToList();
        return layers.Count == 0 ? "" : $"; into its last layers go {string.Join(", ", layers.Select(layer => $"'{layer.Inputs[0]}'").Distinct())}";
    }

    /// <summary>A constant, or a constant in another form.</summary>
    private static bool IsWeight(Graph graph, Dictionary<string, Node> producers, string name)
    {
        while (producers.TryGetValue(name, out var node))
        {
            if (node.OpType == "Constant") return true;
            if (node.OpType is not ("Transpose" or "Identity" or "Cast" or "Reshape")) return false;
            name = node.Inputs[0];
        }

        return graph.Constants.ContainsKey(name);
    }

    private static ModelTrainingException NotFound(string path, string why) =>
        new("MT3072", $"The head of '{path}' is not to be found: {why}. Name the value that the new head shall take by the 'Head' option.");
}
