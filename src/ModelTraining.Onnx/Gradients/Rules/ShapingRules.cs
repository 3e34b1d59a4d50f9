namespace ModelTraining.Onnx;

/// <summary>Gradients of operators that move or repeat elements without computing.</summary>
internal static class ShapingRules
{
    /// <summary>Reshape, Flatten, Squeeze, Unsqueeze and Identity: the same elements in the shape that they had.</summary>
    public static void Reshaped(NodeGradient node) => node.Give(0, () => Broadcasting.ReshapeTo(node.Gradient, node.Input()));

    public static void Cast(NodeGradient node) => node.Give(0, () => node.Gradient.Cast(node.Input().Type));

    public static void Transpose(NodeGradient node) => node.Give(0, () =>
    {
        if (node.Wholes("perm") is not { } permutation) return node.Graph.Add("Transpose", [node.Gradient], node.Gradient.Type, node.Input().Shape);
        var inverse = new long[permutation.Length];
        for (var i = 0; i < inverse.Length; i++) inverse[permutation[i]] = i;
        if (permutation.SequenceEqual(inverse.Order())) return node.Gradient;
        return TrainingKernels.Take(node.Gradient) && inverse is [0, 2, 1, 3]
            ? TrainingKernels.Add(TrainingKernels.Swap, node.Input(), node.Gradient)
            : node.Graph.Add("Transpose", [node.Gradient], node.Gradient.Type, node.Input().Shape, [("perm", inverse)]);
    });

    public static void Swap(NodeGradient node) => node.Give(0, () => TrainingKernels.Add(TrainingKernels.Swap, node.Input(), node.Gradient));

    public static void Expand(NodeGradient node) => node.GiveSummed(0, () => node.Gradient);

    /// <summary>Each dimension is its repeats by its size; the repeats are summed.</summary>
    public static void Tile(NodeGradient node) => node.Give(0, () =>
    {
        var x = node.Input();
        return Broadcasting.SumOverRepeats(node.Gradient, node.Input(1), x.ShapeOf(), node.Ranked(x).Count, x.Shape);
    });

    public static void Trilu(NodeGradient node) => node.Give(0, () =>
        node.Graph.Add("Trilu", node.Optional(1) is { } diagonal ? [node.Gradient, diagonal] : [node.Gradient], node.Gradient.Type, node.Input().Shape, [("upper", node.Whole("upper", 1))]));

    /// <summary>The sums from the other end.</summary>
    public static void CumSum(NodeGradient node) => node.Give(0, () => node.Graph.Add(
        "CumSum", [node.Gradient, node.Input(1)], node.Gradient.Type, node.Input().Shape, [("exclusive", node.Whole("exclusive", 0)), ("reverse", 1 - node.Whole("reverse", 0))]));
}
