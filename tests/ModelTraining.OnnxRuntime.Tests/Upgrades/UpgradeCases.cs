using ModelTraining.Onnx;

namespace ModelTraining.Tests.Upgrades;

/// <summary>Every operator that ONNX Runtime still runs in its older form; what opset 6 wrote in another way is in ONNX's own tests.</summary>
internal static class UpgradeCases
{
    public static readonly UpgradeCase[] All =
    [
        new("BatchNormalization", 7, "spatial", x => Batch(x, ("spatial", 1L), ("momentum", 0.8f)), 2, 3, 4),
        new("BatchNormalization", 9, "epsilon", x => Batch(x, ("epsilon", 0.1f)), 2, 3, 4),
        new("Clip", 7, "both bounds", x => Node(x, "Clip", [x], ("min", -0.3f), ("max", 0.4f)), 2, 5),
        new("Clip", 10, "a lower bound", x => Node(x, "Clip", [x], ("min", 0.1f)), 2, 5),
        new("Clip", 10, "an upper bound", x => Node(x, "Clip", [x], ("max", 0.1f)), 2, 5),
        new("Clip", 10, "no bound", x => Node(x, "Clip", [x]), 2, 5),
        new("Dropout", 7, "a ratio", x => Node(x, "Dropout", [x], ("ratio", 0.3f)), 2, 5),
        new("Dropout", 11, "no ratio", x => Node(x, "Dropout", [x]), 2, 5),
        new("Hardmax", 12, "all that follows", x => Node(x, "Hardmax", [x]), 2, 3, 4),
        new("LogSoftmax", 11, "all that follows", x => Node(x, "LogSoftmax", [x], ("axis", 1L)), 2, 3, 4),
        new("LogSoftmax", 11, "the last", x => Node(x, "LogSoftmax", [x], ("axis", -1L)), 2, 3, 4),
        new("Pad", 7, "a value", x => Node(x, "Pad", [x], ("pads", new long[] { 0, 1, 2, 0 }), ("value", 2f)), 2, 3),
        new("Pad", 10, "reflected", x => Node(x, "Pad", [x], ("pads", new long[] { 0, 1, 0, 2 }), ("mode", "reflect")), 2, 3),
        new("ReduceSum", 12, "axes", x => Node(x, "ReduceSum", [x], ("axes", new long[] { 1 }), ("keepdims", 0L)), 2, 3, 4),
        new("ReduceSum", 7, "all", x => Node(x, "ReduceSum", [x]), 2, 3, 4),
        new("Resize", 10, "nearest", x => Node(x, "Resize", [x, List(x, 1, 1, 2, 1.5f)]), 1, 2, 3, 4),
        new("Resize", 10, "linear", x => Node(x, "Resize", [x, List(x, 1, 1, 2, 3)], ("mode", "linear")), 1, 2, 3, 4),
        new("RoiAlign", 10, "sizes", x => Node(x, "RoiAlign", [x, x.Graph.Constant(Tensor.Of([0.3f, 0.7f, 4.2f, 5.1f], 1, 4)), x.Graph.Constant(Tensor.Of([0L], 1))], ("output_height", 2L), ("output_width", 3L), ("sampling_ratio", 2L)), 1, 2, 6, 6),
        new("Scatter", 9, "an axis", x => Node(x, "Scatter", [x, x.Graph.Constant(Tensor.Of([1L, 0, 2, 2], 2, 2)), x.Graph.Constant(Tensor.Of([5f, 6, 7, 8], 2, 2))], ("axis", 1L)), 2, 3),
        new("Slice", 7, "axes", x => Node(x, "Slice", [x], ("starts", new long[] { 1, 0 }), ("ends", new long[] { 3, -1 }), ("axes", new long[] { 1, 2 })), 2, 3, 4),
        new("Slice", 9, "the first", x => Node(x, "Slice", [x], ("starts", new long[] { 1, -2 }), ("ends", new long[] { 9, 3 })), 2, 3, 4),
        new("Softmax", 12, "all that follows", x => Node(x, "Softmax", [x]), 2, 3, 4, 2),
        new("Softmax", 7, "from axis 2 on", x => Node(x, "Softmax", [x], ("axis", 2L)), 2, 3, 4, 2),
        new("Softmax", 7, "nothing after it", x => Node(x, "Softmax", [x]), 2, 3, 1, 1),
        new("Softmax", 11, "all", x => Node(x, "Softmax", [x], ("axis", 0L)), 2, 3),
        new("Split", 12, "sizes", x => Node(x, "Split", [x], 2, ("split", new long[] { 1, 3 }), ("axis", 1L)), 2, 4),
        new("Split", 7, "halves", x => Node(x, "Split", [x], 2, ("axis", 1L)), 2, 4),
        new("Squeeze", 11, "axes", x => Node(x, "Squeeze", [x], ("axes", new long[] { -2 })), 1, 2, 1, 3),
        new("Squeeze", 7, "all", x => Node(x, "Squeeze", [x]), 1, 2, 1, 3),
        new("TopK", 9, "k", x => Node(x, "TopK", [x], 2, ("k", 2L), ("axis", 1L)), 2, 4),
        new("Unsqueeze", 12, "axes", x => Node(x, "Unsqueeze", [x], ("axes", new long[] { 0, -1 })), 2, 3),
        new("Upsample", 7, "scales said", x => Node(x, "Upsample", [x], ("scales", new[] { 1f, 1, 2, 3 })), 1, 2, 3, 4),
        new("Upsample", 9, "linear", x => Node(x, "Upsample", [x, List(x, 1, 1, 2, 2)], ("mode", "linear")), 1, 2, 3, 4),
    ];

    private static Value Node(Value x, string opType, IReadOnlyList<Value> inputs, params (string, object)[] attributes) => Node(x, opType, inputs, 1, attributes);

    private static Value Node(Value x, string opType, IReadOnlyList<Value> inputs, int outputs, params (string, object)[] attributes) =>
        x.Graph.Add(opType, inputs, [.. Enumerable.Range(0, outputs).Select(i => (opType == "TopK" && i == 1 ? ElementType.Int64 : ElementType.Float, (IReadOnlyList<Dimension>?)null))], attributes)[0];

    private static Value Batch(Value x, params (string, object)[] attributes)
    {
        Value Channels(float first) => x.Graph.Constant(Tensor.Of([first, first + 0.5f, first + 0.7f], 3));
        return Node(x, "BatchNormalization", [x, Channels(1), Channels(-1), Channels(0.2f), Channels(0.4f)], attributes);
    }

    private static Value List(Value x, params float[] numbers) => x.Graph.Constant(Tensor.Of(numbers, numbers.Length));
}
