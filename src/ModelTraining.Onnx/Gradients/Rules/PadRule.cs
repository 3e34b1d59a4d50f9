namespace ModelTraining.Onnx;

/// <summary>The gradient of Pad: what was added is cut off again, and what a negative pad cut off is filled with 0.</summary>
internal static class PadRule
{
    public static void Apply(NodeGradient node)
    {
        if (node.Word("mode", "constant") != "constant") throw node.Unsupported($"in mode '{node.Word("mode", "")}'", "Use mode constant, or freeze what is before it.");
        var negative = ConstantValues.Wholes(node.Constant(1)) is { } pads ? Emit.List(node.Graph, [.. pads.Select(pad => -pad)]) : -node.Input(1);
        Value Inner() => node.Graph.Add(
            "Pad", node.Optional(3) is { } axes ? [node.Gradient, negative, null, axes] : [node.Gradient, negative], node.Gradient.Type, node.Input().Shape);
        node.Give(0, Inner);
        node.Give(2, () => Broadcasting.ReshapeTo(node.Gradient.ReduceSum(keepDims: false) - Inner().ReduceSum(keepDims: false), node.Input(2)));
    }
}
