namespace ModelTraining.Onnx;

/// <summary>Gradients of the loss operators whose targets are classes: [batch, classes, d1, ...] against [batch, d1, ...].</summary>
internal static class ClassLossRules
{
    /// <summary>(softmax(scores) − target) · weight.</summary>
    public static void SoftmaxCrossEntropy(NodeGradient node) => node.Give(0, () =>
    {
        var scores = node.Input();
        var (hot, weight) = Targets(node);
        var last = node.Ranked(scores).Count - 1;
        var log = node.Output(1, i => i == 1 ? (scores.Type, scores.Shape) : throw new InvalidOperationException());
        var slope = log.Exp() - hot;
        var towards = node.GradientOf(0) is null ? null : slope * weight;
        if (node.GradientOf(1) is not { } direct) return towards ?? Broadcasting.Full(scores, 0);
        var through = direct - (log.Exp() * direct.ReduceSum([1]));
        return towards is null ? through : towards + through;
    });

    /// <summary>−target · weight.</summary>
    public static void NegativeLogLikelihood(NodeGradient node) => node.Give(0, () =>
    {
        var (hot, weight) = Targets(node);
        return -(hot * weight);
    });

    /// <summary>The targets as zeros and ones, and what the gradient of the loss makes of each: both with the classes in axis 1.</summary>
    private static (Value Hot, Value Weight) Targets(NodeGradient node)
    {
        var (scores, labels) = (node.Input(), node.Input(1).Cast(ElementType.Int64));
        var classes = node.Ranked(scores)[1] is { IsKnown: true, Size: var count } ? node.Graph.Constant(count) : JoiningRules.SizeOf(scores, 1).Squeeze(0);
        Value? valid = null;
        if (node.Node.Attributes.GetValueOrDefault("ignore_index") is long ignored)
        {
            var isIgnored = labels.Equal(ignored);
            labels = isIgnored.Where(0L, labels);
            valid = isIgnored.Not().Cast(scores.Type);
        }

        var values = node.Graph.Constant(Tensor.Of([0f, 1f], 2)).Cast(scores.Type);
        var hot = node.Graph.Add("OneHot", [labels, classes, values], scores.Type, scores.Shape, [("axis", 1L)]);
        var weight = node.Optional(2) is { } weights ? node.Graph.Add("Gather", [weights, labels], scores.Type, labels.Shape) : null;
        if (valid is not null) weight = weight is null ? valid : weight * valid;
        var d = node.GradientOf(0) ?? Emit.Scalar(scores, 0.0);
        return node.Word("reduction", "mean") switch
        {
            "none" => (hot, (weight is null ? d : d * weight).Unsqueeze(1)),
            "sum" => (hot, weight is null ? d : (d * weight).Unsqueeze(1)),
            _ when weight is not null => (hot, (d * (weight / weight.ReduceSum(keepDims: false))).Unsqueeze(1)),
            _ => (hot, d / Broadcasting.Count(labels, scores)),
        };
    }
}
