using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Finds the convolutions of a graph whose kernels are constants that nothing else uses. Those of several groups have few weights for each output, and no adapter.</summary>
internal static class ConvolutionWeights
{
    public static IReadOnlyList<LayerWeight> Find(Graph graph)
    {
        var outputs = graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var users = graph.Nodes.SelectMany(node => Graph.Uses(node).Distinct().Select(name => (name, node))).ToLookup(pair => pair.name, pair => pair.node);
        return [.. from pair in graph.Constants
                   where pair.Value is { Type: ElementType.Float, Shape.Length: > 2 } && !outputs.Contains(pair.Key)
                   let layers = users[pair.Key].ToList()
                   where layers.Count > 0 && layers.All(layer => IsPlain(layer, pair.Key))
                   let shape = pair.Value.Shape.ToArray()
                   select new LayerWeight(pair.Key, true, pair.Value.Count / shape[0], shape[0], layers) { Kernel = [.. shape[1..]] }];
    }

    private static bool IsPlain(Node node, string weight) =>
        node is { OpType: "Conv", Domain: "" } && node.Inputs[1] == weight && node.Inputs.Count(input => input == weight) == 1 && node.Whole("group", 1) == 1;
}
