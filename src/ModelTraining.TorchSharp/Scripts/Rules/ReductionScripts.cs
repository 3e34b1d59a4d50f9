using static ModelTraining.Torch.ScriptText;

namespace ModelTraining.Torch;

/// <summary>Sums, means and extremes over axes.</summary>
internal static class ReductionScripts
{
    public static IReadOnlyList<ScriptRule> All { get; } =
    [
        Reduction("ReduceSum", (x, axes, keep) => $"torch.sum({x}, {axes}, {keep})"),
        Reduction("ReduceMean", (x, axes, keep) => $"torch.mean({x}, {axes}, {keep})"),
        Reduction("ReduceMax", (x, axes, keep) => $"torch.amax({x}, {axes}, {keep})"),
        Reduction("ReduceMin", (x, axes, keep) => $"torch.amin({x}, {axes}, {keep})"),
        Reduction("ReduceL1", (x, axes, keep) => $"torch.sum(torch.abs({x}), {axes}, {keep})"),
        Reduction("ReduceL2", (x, axes, keep) => $"torch.sqrt(torch.sum(torch.square({x}), {axes}, {keep}))"),
        Reduction("ReduceLogSum", (x, axes, keep) => $"torch.log(torch.sum({x}, {axes}, {keep}))"),
        Reduction("ReduceLogSumExp", (x, axes, keep) => $"torch.logsumexp({x}, {axes}, {keep})"),
        Reduction("ReduceSumSquare", (x, axes, keep) => $"torch.sum(torch.square({x}), {axes}, {keep})"),
        new("ReduceProd", Product, MixedPrecision.Full),
        new("ArgMax", node => Position(node, "argmax")),
        new("ArgMin", node => Position(node, "argmin")),
        new("CumSum", CumSum, MixedPrecision.Full),
    ];

    private static ScriptRule Reduction(string opType, Func<string, string, string, string> write) => new(opType, node =>
    {
        if (Axes(node) is not { } axes) return node.X(0);
        var reduced = axes.Length == 0 ? node.X(0) : write(node.X(0), List(axes), Boolean(node.Whole("keepdims", 1) != 0));
        // An empty list means none of the axes here, and all of them to some functions of libtorch.
        if (axes.Length == 0) reduced = write($"{reduced}.unsqueeze(0)", "[0]", "False");
        return $"{reduced}.to({Code(node.OutputType())})";
    }, MixedPrecision.Full);

    /// <summary>The axes; null where nothing is reduced.</summary>
    private static long[]? Axes(ScriptNode node)
    {
        var axes = node.Numbers("axes", 1);
        if (axes is { Length: > 0 }) return axes;
        return node.Whole("noop_with_empty_axes", 0) != 0 ? null : [.. Enumerable.Range(0, node.Rank(0)).Select(axis => (long)axis)];
    }

    private static string Product(ScriptNode node)
    {
        if (Axes(node) is not { } axes) return node.X(0);
        var keep = Boolean(node.Whole("keepdims", 1) != 0);
        var rank = node.Rank(0);
        return axes.Select(axis => axis < 0 ? axis + rank : axis).OrderDescending().Aggregate(node.X(0), (product, axis) => $"torch.prod({product}, {axis}, {keep})");
    }

    private static string Position(ScriptNode node, string name)
    {
        var (axis, keep) = (node.Whole("axis", 0), Boolean(node.Whole("keepdims", 1) != 0));
        var size = node.Shape(0)[node.Axis("axis", 0, node.Rank(0))];
        return node.Whole("select_last_index", 0) == 0
            ? $"torch.{name}({node.X(0)}, {axis}, {keep})"
            : $"{size - 1} - torch.{name}(torch.flip({node.X(0)}, [{axis}]), {axis}, {keep})";
    }

    private static string CumSum(ScriptNode node)
    {
        var axis = node.Numbers(1)![0];
        var (exclusive, reverse) = (node.Whole("exclusive", 0) != 0, node.Whole("reverse", 0) != 0);
        var x = node.Let(reverse ? $"torch.flip({node.X(0)}, [{axis}])" : node.X(0));
        var sum = exclusive ? $"torch.cumsum({x}, {axis}) - {x}" : $"torch.cumsum({x}, {axis})";
        return reverse ? $"torch.flip({sum}, [{axis}])" : sum;
    }
}
