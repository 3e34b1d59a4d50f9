using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// Brings graphs that were exported in training mode into the form in which networks are used: batch normalisation goes by its running statistics, and Dropout drops nothing.
/// Training normalises by the batch and drops by itself, where it is trained.
/// </summary>
internal static class InferenceForm
{
    /// <summary>The graph, or a copy.</summary>
    /// <exception cref="ModelTrainingException">MT3086: something takes the statistics that a batch normalisation measured in training.</exception>
    public static Graph Of(Graph graph, string name)
    {
        if (!graph.Nodes.Any(IsTraining)) return graph;
        var used = graph.Nodes.SelectMany(Graph.Uses).ToHashSet(StringComparer.Ordinal);
        var copy = GraphCopy.Begin(graph, new HashSet<string>());
        foreach (var node in graph.Nodes) copy.AddNode(IsTraining(node) ? InUse(node, used, name) : node);
        var left = copy.Nodes.SelectMany(node => node.Outputs).Concat(copy.Inputs.Select(input => input.Name)).Concat(copy.Constants.Keys).ToHashSet(StringComparer.Ordinal);
        foreach (var output in graph.Outputs.Where(output => left.Contains(output.Name))) copy.AddOutput(copy[output.Name]);
        return copy;
    }

    private static bool IsTraining(Node node) => node is { OpType: "BatchNormalization", Domain: "" } ? node.Whole("training_mode", 0) != 0 : node is { OpType: "Dropout", Domain: "", Inputs: [_, _, { Length: > 0 }] };

    private static Node InUse(Node node, HashSet<string> used, string name)
    {
        // What a Dropout drops is the training's to say; one that hands on its mask is an error there.
        if (node.OpType == "Dropout") return new Node(node.Name, node.OpType, node.Domain, [.. node.Inputs.Take(2)], node.Outputs, node.Attributes) { Carried = node.Carried };
        if (node.Outputs.Skip(1).FirstOrDefault(used.Contains) is { } measured)
        {
            throw new ModelTrainingException("MT3086", $"BatchNormalization, node '{node.Name}' of {name}, hands on '{measured}', which it measures in training alone. Export the model for inference.");
        }

        return new Node(node.Name, node.OpType, node.Domain, node.Inputs, [node.Outputs[0]], node.Attributes.Where(pair => pair.Key != "training_mode").ToDictionary(StringComparer.Ordinal)) { Carried = node.Carried };
    }
}
