using ModelTraining.Onnx;
using static ModelTraining.Tests.Gradients.GradientCases;

namespace ModelTraining.Tests.Gradients;

internal static class LinearCases
{
    public static IReadOnlyList<GradientCase> All { get; } =
    [
        new("MatMul", [[2, 3], [3, 4]], x => x[0].MatMul(x[1])),
        new("MatMul, rows in batches", [[2, 5, 3], [3, 4]], x => x[0].MatMul(x[1])),
        new("MatMul, of batches", [[2, 2, 3], [2, 3, 4]], x => x[0].MatMul(x[1])),
        new("MatMul, batches repeated", [[3, 1, 2, 3], [2, 3, 2]], x => x[0].MatMul(x[1])),
        new("MatMul, one matrix on the left", [[2, 3], [4, 3, 2]], x => x[0].MatMul(x[1])),
        new("MatMul, with a vector", [[2, 4, 3], [3]], x => x[0].MatMul(x[1])),
        new("MatMul, of a vector", [[3], [2, 3, 4]], x => x[0].MatMul(x[1])),
        new("MatMul, of vectors", [[3], [3]], x => x[0].MatMul(x[1])),
        new("Gemm", [[2, 3], [3, 4], [4]], x => x[0].Gemm(x[1], x[2])),
        new("Gemm, without a bias", [[2, 3], [4, 3]], x => x[0].Gemm(x[1], transposeWeight: true)),
        new("Gemm, a column as bias", [[2, 3], [4, 3], [2, 1]], x => x[0].Gemm(x[1], x[2], transposeWeight: true)),
        new("Gemm, A transposed", [[3, 2], [3, 4], []], x => Node("Gemm", x, ("transA", 1L), ("alpha", 0.5f), ("beta", 2f))),
        new("Gemm, both transposed", [[3, 2], [4, 3], [2, 4]], x => Node("Gemm", x, ("transA", 1L), ("transB", 1L), ("alpha", -1.5f))),
        new("Einsum", [[2, 3], [3, 4]], x => Node("Einsum", x, ("equation", "ij,jk->ik"))) { Since = 12 },
        new("Einsum, attention", [[2, 3, 2, 4], [2, 5, 2, 4]], x => Node("Einsum", x, ("equation", "bqhd,bkhd->bhqk"))) { Since = 12 },
        new("Einsum, of three", [[2, 3], [3, 4], [4]], x => Node("Einsum", x, ("equation", "ij, jk, k -> i"))) { Since = 12 },
        new("Einsum, without an arrow", [[2, 3], [3, 4]], x => Node("Einsum", x, ("equation", "ba,ac"))) { Since = 12 },
        new("Einsum, a transpose", [[2, 3]], x => Node("Einsum", x, ("equation", "ij->ji"))) { Since = 12 },
        new("Einsum, with an ellipsis", [[2, 3, 4], [2, 4, 2]], x => Node("Einsum", x, ("equation", "...ij,...jk->...ik"))) { Since = 12 },
    ];
}
