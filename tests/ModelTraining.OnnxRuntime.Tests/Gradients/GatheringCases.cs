using ModelTraining.Onnx;
using static ModelTraining.Tests.Gradients.GradientCases;

namespace ModelTraining.Tests.Gradients;

internal static class GatheringCases
{
    public static IReadOnlyList<GradientCase> All { get; } =
    [
        new("Gather, rows of a table", [[4, 3]], x => x[0].Gather(x[0].Graph.Constant(Tensor.Of([1L, 3, 1, -1, 0, 1], 2, 3)))),
        new("Gather, an element", [[4]], x => x[0].Gather(x[0].Graph.Constant(Tensor.Of([2L, 2], 2)))),
        new("Gather, one place of an axis", [[2, 4, 3]], x => x[0].Gather(x[0].Graph.Constant(-1L), 1)),
        new("Gather, one place that is computed, of what a Gemm made", [[2, 4, 3], [3, 5]], x => x[0].Gather(x[0].Graph.Constant(1L).Identity(), 1).Gemm(x[1])),
        new("Gather, of an axis in between", [[2, 4, 3]], x => x[0].Gather(x[0].Graph.Constant(Tensor.Of([0L, 2, 2, -4], 2, 2)), 1)),
        new("Gather, by 32 bits", [[4, 3]], x => x[0].Gather(x[0].Graph.Constant(Tensor.Of([1, 3], 2)))),
        new("Gather, more rows than one portion", [[3, 700]], x => x[0].Gather(x[0].Graph.Constant(Tensor.Of([.. Enumerable.Range(0, 120).Select(i => (long)(i * i % 3))], 120)))) { Since = 17, Linear = true },
        new("GatherElements", [[3, 3]], x => Node("GatherElements", [x[0], x[0].Graph.Constant(Tensor.Of([0L, 2, 1, -1, 2, 0], 2, 3))], ("axis", 0L))) { Since = 16 },
        new("GatherND", [[3, 2, 2]], x => Node("GatherND", [x[0], x[0].Graph.Constant(Tensor.Of([0L, 1, 2, 0, 0, 1], 3, 2))])) { Dynamic = false },
        new("GatherND, from the end", [[3, 2]], x => Node("GatherND", [x[0], x[0].Graph.Constant(Tensor.Of([-1L, 0, -3, 1, 2, 0], 3, 2))])) { Dynamic = false },
        new("ScatterElements", [[3, 3], [2, 3]], x => Node("ScatterElements", [x[0], x[0].Graph.Constant(Tensor.Of([0L, 2, 1, 1, 0, 0], 2, 3)), x[1]], ("axis", 0L))),
        new("ScatterElements, added", [[3, 3], [2, 3]], x => Node("ScatterElements", [x[0], x[0].Graph.Constant(Tensor.Of([0L, 2, 1, 0, 2, 0], 2, 3)), x[1]], ("axis", 1L), ("reduction", "add"))) { Since = 16 },
        new("ScatterND", [[4, 2], [2, 2]], x => Node("ScatterND", [x[0], x[0].Graph.Constant(Tensor.Of([3L, 1], 2, 1)), x[1]])),
        new("ScatterND, added", [[4, 2], [3, 2]], x => Node("ScatterND", [x[0], x[0].Graph.Constant(Tensor.Of([3L, 1, 3], 3, 1)), x[1]], ("reduction", "add"))) { Since = 16 },
    ];
}
