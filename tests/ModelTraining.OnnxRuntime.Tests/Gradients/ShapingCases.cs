using ModelTraining.Onnx;
using static ModelTraining.Tests.Gradients.GradientCases;

namespace ModelTraining.Tests.Gradients;

internal static class ShapingCases
{
    public static IReadOnlyList<GradientCase> All { get; } =
    [
        new("Reshape", [[2, 3, 4]], x => x[0].Reshape(0, -1)),
        new("Reshape, to sizes that are computed", [[2, 3], [3, 2]], x => x[0].Reshape(x[1].ShapeOf()) * x[1]),
        new("Flatten", [[2, 3, 2]], x => Node("Flatten", x, ("axis", 2L))),
        new("Transpose", [[2, 3, 4]], x => x[0].Transpose(1, 2, 0)),
        new("Transpose, reversed", [[2, 3, 4]], x => x[0].Transpose()),
        new("Squeeze", [[2, 1, 3]], x => x[0].Squeeze(1)),
        new("Unsqueeze", [[2, 3]], x => x[0].Unsqueeze(0, -1)),
        new("Concat", [[2, 3], [2, 1], [2, 2]], x => Value.Concat(x, 1)),
        new("Concat, of the same", [[2, 3]], x => Value.Concat([x[0], x[0]], -2)),
        new("Split", [[2, 5]], x => x[0].Split(1, 2, 3) is var parts ? parts[0].Exp().MatMul(x[0].Graph.Constant(1f).Cast(x[0].Type).Expand(2, 3)) * parts[1] : null!),
        new("Split, a part that is not used", [[2, 5]], x => x[0].Split(1, 2, 3)[1]),
        new("Slice", [[5, 3]], x => x[0].Slice(1, 4, 0)),
        new("Slice, from the end", [[2, 5]], x => x[0].Slice(-3, -1, 1)),
        new("Slice, beyond the end", [[2, 5]], x => x[0].Slice(2, long.MaxValue, 1)),
        new("Slice, each second", [[2, 5]], x => x[0].Slice(0, 5, 1, 2)),
        new("Slice, backwards", [[5, 2]], x => x[0].Slice(-1, long.MinValue, 0, -2)),
        new("Slice, of two axes", [[4, 5]], x => Node("Slice", [x[0], List(x[0], 1, -4), List(x[0], 3, 9), List(x[0], -2, 1), List(x[0], 1, 2)])),
        new("Slice, all axes without saying", [[4, 5]], x => Node("Slice", [x[0], List(x[0], 1, 2), List(x[0], 3, 4)])),
        new("Slice, to where is computed", [[5, 2], [3, 2]], x => Node("Slice", [x[0], List(x[0], 0), x[1].ShapeOf().Slice(0, 1, 0), List(x[0], 0)]) + x[1]),
        new("Expand", [[2, 1]], x => x[0].Expand(3, 2, 4)),
        new("Expand, to sizes that are computed", [[1, 3], [2, 3]], x => x[0].Expand(x[1].ShapeOf()) * x[1]),
        new("Tile", [[2, 3]], x => Node("Tile", [x[0], List(x[0], 2, 3)])),
        new("Pad", [[2, 3]], x => Node("Pad", [x[0], List(x[0], 1, 0, 0, 2)])),
        new("Pad, that cuts off", [[3, 4]], x => Node("Pad", [x[0], List(x[0], -1, 2, 1, -1)])),
        new("Pad, with a value that is trained", [[2, 3], []], x => Node("Pad", [x[0], List(x[0], 1, 0, 0, 2), x[1]])),
        new("Pad, of some axes", [[2, 3]], x => Node("Pad", [x[0], List(x[0], 1, 2), null, List(x[0], 1)])) { Since = 18 },
        new("Trilu", [[3, 3]], x => Node("Trilu", x)) { Since = 14 },
        new("Trilu, lower", [[2, 3, 3]], x => Node("Trilu", [x[0], x[0].Graph.Constant(-1L)], ("upper", 0L))) { Since = 14 },
        new("CumSum", [[2, 3]], x => Node("CumSum", [x[0], x[0].Graph.Constant(1L)])),
        new("CumSum, exclusive and reverse", [[2, 3]], x => Node("CumSum", [x[0], x[0].Graph.Constant(0L)], ("exclusive", 1L), ("reverse", 1L))),
    ];
}
