namespace ModelTraining.Onnx;

/// <summary>Operators that said before opset 7 along which axis they broadcast.</summary>
internal static class BroadcastUpgrades
{
    private static readonly string[] Said = ["broadcast", "axis", "consumed_inputs"];

    /// <summary>The second operand stood along the first's dimensions from 'axis' on; without it, along the last, as it does since.</summary>
    public static void Elementwise(UpgradedNode node)
    {
        var (a, b) = (node.Node.Inputs[0], node.Node.Inputs[1]);
        if (node.Node.Whole("broadcast", 0) != 0 && node.Node.Attributes.ContainsKey("axis"))
        {
            if (node.Rank(0) is not { } rank || node.Rank(1) is not { } other) throw node.Unsupported("broadcasts along an axis of values whose number of dimensions is not known", "Export the model with opset 7 or later.");
            var axis = node.Node.Whole("axis", 0);
            b = WithTrailing(node, b, other, rank - (int)(axis < 0 ? axis + rank : axis) - other);
        }

        node.Replace(node.Node.OpType, [a, b], Said);
    }

    /// <summary>One slope a channel.</summary>
    public static void PRelu(UpgradedNode node)
    {
        var slope = node.Node.Inputs[1];
        if (node.Rank(1) == 1 && node.Input(1)!.Shape![0] is not { Size: 1 } && node.Rank(0) is { } rank) slope = WithTrailing(node, slope, 1, rank - 2);
        node.Replace("PRelu", [node.Node.Inputs[0], slope], Said);
    }

    public static void Gemm(UpgradedNode node) => node.Replace("Gemm", node.Node.Inputs, ["broadcast"]);

    private static string WithTrailing(UpgradedNode node, string value, int rank, int dimensions) => dimensions <= 0
        ? value
        : node.Add("aligned", "Unsqueeze", [value, node.List("axes", [.. Enumerable.Range(rank, dimensions).Select(axis => (long)axis)])]);
}
