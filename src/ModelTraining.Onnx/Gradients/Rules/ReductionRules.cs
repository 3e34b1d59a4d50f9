namespace ModelTraining.Onnx;

/// <summary>Gradients of reductions: what was reduced is spread again.</summary>
internal static class ReductionRules
{
    public static void Sum(NodeGradient node) => node.Give(0, () => Broadcasting.ExpandTo(Kept(node, node.Gradient), node.Input()));

    public static void Mean(NodeGradient node) => node.Give(0, () =>
        Broadcasting.ExpandTo(Kept(node, node.Gradient) / Broadcasting.CountRatio(node.Input(), node.Output()), node.Input()));

    /// <summary>ReduceMax and ReduceMin: to the elements that are the extreme one; equal ones share.</summary>
    public static void Extreme(NodeGradient node) => node.Give(0, () =>
    {
        var mask = node.Input().Equal(Kept(node, node.Output())).Cast(node.Gradient.Type);
        var count = node.Graph.Add("ReduceSum", SumInputs(node, mask), mask.Type, Kept(node, node.Output()).Shape, SumAttributes(node));
        return mask * (Kept(node, node.Gradient) / count);
    });

    public static void L1(NodeGradient node) => node.Give(0, () => Emit.Unary("Sign", node.Input()) * Kept(node, node.Gradient));

    public static void L2(NodeGradient node) => node.Give(0, () => node.Input() * Kept(node, node.Gradient / node.Output()));

    public static void SumSquare(NodeGradient node) => node.Give(0, () => node.Input() * (Kept(node, node.Gradient) * 2f));

    public static void LogSum(NodeGradient node) => node.Give(0, () => Broadcasting.ExpandTo(Kept(node, node.Gradient / node.Output().Exp()), node.Input()));

    public static void LogSumExp(NodeGradient node) => node.Give(0, () => (node.Input() - Kept(node, node.Output())).Exp() * Kept(node, node.Gradient));

    public static void Prod(NodeGradient node) => node.Give(0, () => Kept(node, node.Gradient * node.Output()) / node.Input());

    /// <summary>A value of the output's shape with the reduced dimensions back, of size 1.</summary>
    private static Value Kept(NodeGradient node, Value value)
    {
        if (node.Whole("keepdims", 1) != 0 || IsNothingReduced(node)) return value;
        if (Axes(node) is { } axes) return value.Unsqueeze(axes);
        if (node.Optional(1) is not { } computed || node.Constant(1) is { Count: 0 }) return value; // one number, which broadcasts as it is
        return node.Graph.Add("Unsqueeze", [value, computed], value.Type, [.. Enumerable.Repeat(new Dimension(-1), node.Ranked(node.Input()).Count)]);
    }

    /// <summary>The axes where they are known; null where they are computed, or all are meant.</summary>
    private static long[]? Axes(NodeGradient node)
    {
        var axes = node.Wholes("axes") ?? ConstantValues.Wholes(node.Constant(1));
        if (axes is null or { Length: 0 }) return null;
        var rank = node.Ranked(node.Input()).Count;
        return [.. axes.Select(axis => (long)Shapes.Axis(node.Node.OpType, node.Input(), axis, rank)).Order()];
    }

    private static bool IsNothingReduced(NodeGradient node) =>
        node.Whole("noop_with_empty_axes", 0) != 0 && (node.Optional(1) is null ? node.Wholes("axes") is null or { Length: 0 } : node.Constant(1) is { Count: 0 });

    private static IReadOnlyList<Value?> SumInputs(NodeGradient node, Value mask)
    {
        if (!node.Since(Emit.AxesAsInput)) return [mask];
        return Axes(node) is { } axes ? [mask, Emit.List(node.Graph, axes)] : node.Optional(1) is { } computed ? [mask, computed] : [mask];
    }

    private static List<(string, object)> SumAttributes(NodeGradient node)
    {
        List<(string, object)> attributes = [("keepdims", 1L)];
        if (!node.Since(Emit.AxesAsInput) && Axes(node) is { } axes) attributes.Add(("axes", axes));
        if (node.Whole("noop_with_empty_axes", 0) != 0) attributes.Add(("noop_with_empty_axes", 1L));
        return attributes;
    }
}
