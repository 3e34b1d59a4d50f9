namespace ModelTraining.Onnx;

/// <summary>How many inputs the operators of the default domain need at least, where that is more than one.</summary>
internal static class NodeInputs
{
    private static readonly Dictionary<string, (int Since, int Least)> Needed = Table(
        (1, 2, "Add And BitShift BitwiseAnd BitwiseOr BitwiseXor CastLike Compress Conv ConvInteger ConvTranspose CumSum DequantizeLinear Div Equal Expand Gather GatherElements GatherND Gemm Greater GreaterOrEqual GridSample "
            + "LayerNormalization Less LessOrEqual MatMul MatMulInteger MaxRoiPool MaxUnpool Mod Mul NegativeLogLikelihoodLoss NonMaxSuppression Or PRelu Pow QuantizeLinear ReverseSequence RMSNormalization SoftmaxCrossEntropyLoss Sub Tile Xor"),
        (1, 3, "GRU GroupNormalization InstanceNormalization LSTM OneHot RNN Range RoiAlign Scatter ScatterElements ScatterND Where"),
        (1, 5, "BatchNormalization"),
        (5, 2, "Reshape"),
        (9, 2, "Upsample"),
        (10, 3, "Slice"),
        (10, 2, "TopK"),
        (11, 2, "Pad"),
        (13, 2, "Unsqueeze"));

    /// <summary>The number for an operator of a version of the operator set.</summary>
    public static int Least(string opType, int opset) => Needed.TryGetValue(opType, out var needed) && opset >= needed.Since ? needed.Least : 0;

    private static Dictionary<string, (int Since, int Least)> Table(params (int Since, int Least, string OpTypes)[] rows) =>
        rows.SelectMany(row => row.OpTypes.Split(' ').Select(opType => (opType, (row.Since, row.Least)))).ToDictionary(StringComparer.Ordinal);
}
