namespace ModelTraining.Onnx;

/// <summary>Gradients of Softmax and LogSoftmax: over one axis, or, before opset 13, over all axes from one on.</summary>
internal static class SoftmaxRules
{
    private const int OverOneAxis = 13;

    public static void Softmax(NodeGradient node) => node.Give(0, () =>
    {
        var axes = Axes(node);
        if (TrainingKernels.Take(node.Output()) && axes is [var axis] && (axis == -1 || axis == node.Output().Shape?.Count - 1)) return TrainingKernels.Add(TrainingKernels.SoftmaxGradient, node.Output(), node.Gradient, node.Output());
        var product = node.Gradient * node.Output();
        return product - (node.Output() * product.ReduceSum(axes));
    });

    public static void LogSoftmax(NodeGradient node) => node.Give(0, () => node.Gradient - (node.Output().Exp() * node.Gradient.ReduceSum(Axes(node))));

    private static long[] Axes(NodeGradient node)
    {
        if (node.Since(OverOneAxis)) return [node.Whole("axis", -1)];
        var rank = node.Ranked(node.Output()).Count;
        var first = Shapes.Axis(node.Node.OpType, node.Output(), node.Whole("axis", 1), rank);
        return [.. Enumerable.Range(first, rank - first).Select(axis => (long)axis)];
    }
}
