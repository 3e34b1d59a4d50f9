namespace ModelTraining.Onnx;

/// <summary>Operators that took as attributes what are inputs since.</summary>
internal static class AttributeUpgrades
{
    /// <summary>Squeeze, Unsqueeze and ReduceSum, all axes of which may be left out.</summary>
    public static void Axes(UpgradedNode node)
    {
        var data = node.Node.Inputs[0];
        node.Replace(node.Node.OpType, node.Node.Wholes("axes") is { } axes ? [data, node.List("axes", axes)] : [data], ["axes"]);
    }

    public static void Split(UpgradedNode node)
    {
        var data = node.Node.Inputs[0];
        node.Replace("Split", node.Node.Wholes("split") is { } sizes ? [data, node.List("split", sizes)] : [data], ["split"]);
    }

    public static void Clip(UpgradedNode node)
    {
        string Bound(string name) => node.Node.Attributes.GetValueOrDefault(name) is float bound ? node.Number(name, bound) : "";
        var (min, max) = (Bound("min"), Bound("max"));
        node.Replace("Clip", max.Length > 0 ? [node.Node.Inputs[0], min, max] : min.Length > 0 ? [node.Node.Inputs[0], min] : [node.Node.Inputs[0]], ["min", "max"]);
    }

    public static void Pad(UpgradedNode node)
    {
        var pads = node.Node.Wholes("pads") ?? throw node.Unsupported("lacks its 'pads'", "The file is damaged: export it anew.");
        node.Replace("Pad", [node.Node.Inputs[0], node.List("pads", pads), node.Number("value", node.Node.Number("value", 0))], ["pads", "value"]);
    }

    public static void Slice(UpgradedNode node)
    {
        long[] Bounds(string name) => node.Node.Wholes(name) ?? throw node.Unsupported($"lacks its '{name}'", "The file is damaged: export it anew.");
        var (starts, ends) = (Bounds("starts"), Bounds("ends"));
        var axes = node.Node.Wholes("axes") ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        node.Replace("Slice", [node.Node.Inputs[0], node.List("starts", starts), node.List("ends", ends), node.List("axes", axes)], ["starts", "ends", "axes"]);
    }

    public static void TopK(UpgradedNode node) => node.Replace("TopK", [node.Node.Inputs[0], node.List("k", node.Node.Whole("k", 1))], ["k"]);

    /// <summary>Renamed.</summary>
    public static void Scatter(UpgradedNode node) => node.Replace("ScatterElements", node.Node.Inputs, []);

    /// <summary>Whether the whole sequence is given out is said by the outputs that are taken.</summary>
    public static void Recurrent(UpgradedNode node) => node.Replace(node.Node.OpType, node.Node.Inputs, ["output_sequence"]);

    /// <summary>The coordinates that were meant have a name since, and another default.</summary>
    public static void RoiAlign(UpgradedNode node) => node.Replace("RoiAlign", node.Node.Inputs, [], [("coordinate_transformation_mode", "output_half_pixel")]);

    public static void Scan(UpgradedNode node) => throw node.Unsupported("runs over batches as it did in opset 8 alone", "Export the model with opset 9 or later.");
}
