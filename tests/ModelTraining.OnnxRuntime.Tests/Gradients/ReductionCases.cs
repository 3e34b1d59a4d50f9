using ModelTraining.Onnx;
using static ModelTraining.Tests.Gradients.GradientCases;

namespace ModelTraining.Tests.Gradients;

internal static class ReductionCases
{
    private static readonly long[] Shape = [2, 3, 2];

    public static IReadOnlyList<GradientCase> All { get; } =
    [
        new("ReduceSum", [Shape], x => x[0].ReduceSum()),
        new("ReduceSum, an axis", [Shape], x => x[0].ReduceSum([1])),
        new("ReduceSum, axes that go", [Shape], x => x[0].ReduceSum([-1, 0], keepDims: false)),
        new("ReduceSum, all that goes", [Shape], x => x[0].ReduceSum(keepDims: false)),
        new("ReduceSum, axes that are computed", [Shape], x => Node("ReduceSum", [x[0], List(x[0], 1).Identity()], ("keepdims", 0L))) { Since = 13 },
        new("ReduceSum, of nothing", [Shape], x => Node("ReduceSum", [x[0], List(x[0])], ("keepdims", 0L), ("noop_with_empty_axes", 1L))) { Since = 13 },
        new("ReduceMean, an axis", [Shape], x => x[0].ReduceMean([1])),
        new("ReduceMean, axes that go", [Shape], x => x[0].ReduceMean([0, 2], keepDims: false)),
        new("ReduceMax", [Shape], x => x[0].ReduceMax([1])),
        new("ReduceMax, an axis that goes", [Shape], x => x[0].ReduceMax([-1], keepDims: false)),
        new("ReduceMax, of equals", [[4]], x => x[0].ReduceMax(keepDims: false)) { Inputs = [[1, 5, 2, 3]] },
        new("ReduceMin", [Shape], x => x[0].ReduceMin([0, 1])),
        new("ReduceL1, an axis", [Shape], x => Reduce("ReduceL1", x[0])) { Reference = Over(column => column.Sum(Math.Abs)) },
        new("ReduceL2, an axis", [Shape], x => Reduce("ReduceL2", x[0])) { Reference = Over(column => Math.Sqrt(column.Sum(a => a * a))) },
        new("ReduceSumSquare, an axis", [Shape], x => Reduce("ReduceSumSquare", x[0])) { Reference = Over(column => column.Sum(a => a * a)) },
        new("ReduceLogSum, an axis", [Shape], x => Reduce("ReduceLogSum", x[0])) { Range = (0.5, 2), Reference = Over(column => Math.Log(column.Sum())) },
        new("ReduceLogSumExp, an axis", [Shape], x => Reduce("ReduceLogSumExp", x[0])) { Reference = Over(column => Math.Log(column.Sum(Math.Exp))) },
        new("ReduceProd, an axis", [Shape], x => Reduce("ReduceProd", x[0])) { Range = (0.5, 2), Reference = Over(column => column.Aggregate(1.0, (a, b) => a * b)) },
    ];

    /// <summary>Over axis 1 of [2, 3, 2], which goes.</summary>
    private static Value Reduce(string opType, Value x) => x.Graph.Opsets[""] >= 18
        ? Node(opType, [x, List(x, 1)], ("keepdims", 0L))
        : Node(opType, [x], ("axes", new[] { 1L }), ("keepdims", 0L));

    private static Func<double[][], double[]> Over(Func<double[], double> function) => x =>
        [.. from i in Enumerable.Range(0, 2) from k in Enumerable.Range(0, 2) select function([.. Enumerable.Range(0, 3).Select(j => x[0][(i * 6) + (j * 2) + k])])];
}
