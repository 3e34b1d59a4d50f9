namespace ModelTraining.Onnx;

/// <summary>Gradients of the operators that put elements into places. Where they replace, what was there gets none.</summary>
internal static class ScatterRules
{
    public static void ScatterElements(NodeGradient node)
    {
        var (indices, d) = (node.Input(1), node.Gradient);
        (string, object)[] axis = [("axis", node.Whole("axis", 0))];
        node.Give(0, () => Adds(node) ? d : node.Graph.Add("ScatterElements", [d, indices, Broadcasting.Full(node.Input(2), 0)], d.Type, node.Input().Shape, axis));
        node.Give(2, () => node.Graph.Add("GatherElements", [d, indices], d.Type, node.Input(2).Shape, axis));
    }

    public static void ScatterND(NodeGradient node)
    {
        var (indices, d) = (node.Input(1), node.Gradient);
        node.Give(0, () => Adds(node) ? d : node.Graph.Add("ScatterND", [d, indices, Broadcasting.Full(node.Input(2), 0)], d.Type, node.Input().Shape));
        node.Give(2, () => node.Graph.Add("GatherND", [d, indices], d.Type, node.Input(2).Shape));
    }

    private static bool Adds(NodeGradient node) => node.Word("reduction", "none") switch
    {
        "none" => false,
        "add" => true,
        var other => throw node.Unsupported($"with the reduction '{other}'", "Use 'none' or 'add'."),
    };
}
