namespace ModelTraining.Onnx;

/// <summary>Shapes of the operators with several outputs that normalise, compare or remember.</summary>
internal static class NormalizationShapes
{
    /// <summary>The statistics have the shape of those that are given.</summary>
    public static void Batch(NodeShapes node)
    {
        if (node[0] is not { } x) return;
        if (x.Shape is { Count: > 1 } shape && node[1] is { Shape: [var channels] } scale && !Shapes.TryEqual(shape[1], channels, out _)) throw Shapes.Mismatch("BatchNormalization", "differ in the channels", [x, scale]);
        node.Set(0, x.Type, x.Shape);
        for (var i = 1; i < node.Node.Outputs.Count; i++) node.Set(i, node[3]?.Type ?? x.Type, node[3]?.Shape);
    }

    /// <summary>Mean and inverse deviation have size 1 where it was normalised over.</summary>
    public static void Layer(NodeShapes node)
    {
        if (node[0] is not { } x) return;
        node.Set(0, x.Type, x.Shape);
        if (x.Shape is not { } shape) return;
        var axis = Shapes.Axis("LayerNormalization", x, node.Node.Whole("axis", -1), shape.Count);
        for (var i = 1; i <= 2; i++) node.Set(i, x.Type, [.. shape.Take(axis), .. Enumerable.Repeat((Dimension)1, shape.Count - axis)]);
    }

    public static void ClassLoss(NodeShapes node)
    {
        if (node[0] is not { } scores) return;
        node.Set(0, scores.Type, node.Node.Word("reduction", "mean") == "none" ? node[1]?.Shape : []);
        node.Set(1, scores.Type, scores.Shape);
    }

    /// <summary>Y is [sequence, directions, batch, hidden], the last states are [directions, batch, hidden].</summary>
    public static void Recurrent(NodeShapes node)
    {
        if (node[0] is not { } x) return;
        if (node.Node.Whole("layout", 0) != 0) return;
        Dimension directions = node.Node.Word("direction", "forward") == "bidirectional" ? 2 : 1;
        var hidden = node.Node.Whole("hidden_size", -1) is >= 0 and var size ? size : node[2]?.Shape is [_, _, var columns] ? columns : new Dimension(-1);
        var (sequence, batch) = x.Shape is [var first, var second, _] ? (first, second) : (new Dimension(-1), new Dimension(-1));
        node.Set(0, x.Type, [sequence, directions, batch, hidden]);
        node.Set(1, x.Type, [directions, batch, hidden]);
        node.Set(2, x.Type, [directions, batch, hidden]);
    }
}
