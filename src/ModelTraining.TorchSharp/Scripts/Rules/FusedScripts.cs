using ModelTraining.Onnx;
using static ModelTraining.Torch.ScriptText;

namespace ModelTraining.Torch;

/// <summary>What <see cref="FusedForm"/> makes one node of.</summary>
internal static class FusedScripts
{
    public static IReadOnlyList<ScriptRule> All { get; } =
    [
        new(FusedForm.Linear, node => $"torch.linear({node.X(0)}, {node.X(1)}.t(), {node.X(2)})", MixedPrecision.Low, FusedForm.Domain),
        new(FusedForm.Attention, Attention, MixedPrecision.Low, FusedForm.Domain),
        new(GeluForm.OpType, node => $"torch.gelu({node.X(0)})", Domain: GeluForm.Domain),
    ];

    /// <summary>
    /// What is added is spread out: libtorch's kernels for the CPU take masks of some shapes only. Masks of the least number of 32 bits, as exports write them, would be infinite in 16, and a row that is
    /// masked whole no number.
    /// </summary>
    private static string Attention(ScriptNode node)
    {
        const double Least = -1e30;
        var (query, key) = (node.Shape(0), node.Shape(1));
        var mask = !node.Has(3) ? "None" : $"{(node.IsLow ? $"torch.clamp({node.X(3)}, {Number(Least)})" : node.X(3))}.expand({List([.. query[..^1], key[^1]])})";
        return $"torch.scaled_dot_product_attention({node.X(0)}, {node.X(1)}.transpose(-2, -1), {node.X(2)}, {mask}, 0.0, False, scale={Number(node.Number("scale", 1))})";
    }
}
