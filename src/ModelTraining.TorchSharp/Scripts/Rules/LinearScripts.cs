using static ModelTraining.Torch.ScriptText;

namespace ModelTraining.Torch;

/// <summary>Products of matrices.</summary>
internal static class LinearScripts
{
    public static IReadOnlyList<ScriptRule> All { get; } =
    [
        new("MatMul", node => $"torch.matmul({node.X(0)}, {node.X(1)})", MixedPrecision.Low),
        new("Gemm", Gemm, MixedPrecision.Low),
        new("Einsum", node => $"torch.einsum('{node.Word("equation", "").Replace(" ", "", StringComparison.Ordinal)}', {Tensors(node.All())})", MixedPrecision.Low),
    ];

    private static string Gemm(ScriptNode node)
    {
        var (alpha, beta) = (node.Number("alpha", 1), node.Number("beta", 1));
        var left = node.Whole("transA", 0) != 0 ? $"{node.X(0)}.t()" : node.X(0);
        var right = node.Whole("transB", 0) != 0 ? $"{node.X(1)}.t()" : node.X(1);
        if (node.Has(2)) return $"torch.addmm({node.X(2)}, {left}, {right}, beta={Number(beta)}, alpha={Number(alpha)})";
        return alpha == 1 ? $"torch.mm({left}, {right})" : $"torch.mm({left}, {right}) * {Number(alpha)}";
    }
}
