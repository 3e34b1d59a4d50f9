namespace ModelTraining.Onnx;

/// <summary>The operators whose form changed, with the version in which it did (ONNX's Changelog document).</summary>
internal static class UpgradeRules
{
    /// <summary>One row an operator: graphs of an operator set before <see cref="UpgradeRule.Changed"/> need it.</summary>
    public static IReadOnlyList<UpgradeRule> All { get; } =
    [
        new("Add", 7, BroadcastUpgrades.Elementwise),
        new("And", 7, BroadcastUpgrades.Elementwise),
        new("BatchNormalization", 14, NormalizationUpgrades.Batch),
        new("Clip", 11, AttributeUpgrades.Clip),
        new("Div", 7, BroadcastUpgrades.Elementwise),
        new("Dropout", 12, NormalizationUpgrades.Dropout),
        new("Equal", 7, BroadcastUpgrades.Elementwise),
        new("GRU", 7, AttributeUpgrades.Recurrent),
        new("Gemm", 7, BroadcastUpgrades.Gemm),
        new("Greater", 7, BroadcastUpgrades.Elementwise),
        new("Hardmax", 13, SoftmaxUpgrades.OverOneAxis),
        new("LSTM", 7, AttributeUpgrades.Recurrent),
        new("Less", 7, BroadcastUpgrades.Elementwise),
        new("LogSoftmax", 13, SoftmaxUpgrades.OverOneAxis),
        new("Mul", 7, BroadcastUpgrades.Elementwise),
        new("Or", 7, BroadcastUpgrades.Elementwise),
        new("PRelu", 7, BroadcastUpgrades.PRelu),
        new("Pad", 11, AttributeUpgrades.Pad),
        new("Pow", 7, BroadcastUpgrades.Elementwise),
        new("RNN", 7, AttributeUpgrades.Recurrent),
        new("ReduceSum", 13, AttributeUpgrades.Axes),
        new("Resize", 11, ResizeUpgrades.Resize),
        new("RoiAlign", 16, AttributeUpgrades.RoiAlign),
        new("Scan", 9, AttributeUpgrades.Scan),
        new("Scatter", 11, AttributeUpgrades.Scatter),
        new("Slice", 10, AttributeUpgrades.Slice),
        new("Softmax", 13, SoftmaxUpgrades.OverOneAxis),
        new("Split", 13, AttributeUpgrades.Split),
        new("Squeeze", 13, AttributeUpgrades.Axes),
        new("Sub", 7, BroadcastUpgrades.Elementwise),
        new("TopK", 10, AttributeUpgrades.TopK),
        new("Unsqueeze", 13, AttributeUpgrades.Axes),
        new("Upsample", 10, ResizeUpgrades.Upsample),
        new("Xor", 7, BroadcastUpgrades.Elementwise),
    ];

    private static readonly Dictionary<string, UpgradeRule> ByOperator = All.ToDictionary(rule => rule.OpType, StringComparer.Ordinal);

    /// <summary>The rule that a node of an operator set needs; null where it means the same in the newer one.</summary>
    public static Action<UpgradedNode>? Find(Node node, int opset) =>
        node.Domain.Length == 0 && ByOperator.TryGetValue(node.OpType, out var rule) && opset < rule.Changed ? rule.Apply : null;
}
