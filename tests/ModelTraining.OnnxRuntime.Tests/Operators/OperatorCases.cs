using ModelTraining.Onnx;

namespace ModelTraining.Tests.Operators;

/// <summary>At least one case for each operator of ModelTraining.Onnx; a test sees to that.</summary>
internal static class OperatorCases
{
    private const float NaN = float.NaN;
    private const float Infinity = float.PositiveInfinity;

    private static readonly float[] Floats = [1, NaN, -2.5f, Infinity, 0];
    private static readonly long[] Longs = [-7, -1, 0, 6, 7, long.MaxValue];
    private static readonly string[] Texts = ["red", "", "grün", "unseen"];

    public static IEnumerable<OperatorCase> All =>
    [
        .. Arithmetic, .. Comparison, .. Logic, .. Functions, .. Reduction, .. Linear, .. Shaping, .. Learning, .. Text,
        .. Reduction.Concat(Shaping).SelectMany(Older),
    ];

    private static IEnumerable<OperatorCase> Arithmetic =>
    [
        Of("op_Addition", x => x + x, Floats, [2, NaN, -5, Infinity, 0]),
        Of("op_Addition of a number", x => 1L + (x + 0.5f) + 1L, Floats, [3.5f, NaN, 0, Infinity, 2.5f]),
        Of("op_Addition broadcasts", (x, y) => x + y, [1f, 2f], [2, 1], [10f, 20f, 30f], [3], [11f, 21, 31, 12, 22, 32], [2, 3]),
        Of("op_Subtraction", x => (x - 1L) - (2.5f - x), Floats, [-1.5f, NaN, -8.5f, Infinity, -3.5f]),
        Of("op_Subtraction of longs", x => (x - 1L) - (1L - x), Longs[..5], [-16L, -4, -2, 10, 12]),
        Of("op_Multiply", x => 2L * (x * 0.5f) * 2L, Floats, [2, NaN, -5, Infinity, 0]),
        Of("op_Division", x => x / 2L, Floats, [0.5f, NaN, -1.25f, Infinity, 0]),
        Of("op_Division by zero", x => 1f / x, Floats, [1, NaN, -0.4f, 0, Infinity]),
        Of("op_Division of longs cuts", x => x / 7L, Longs, [-1L, 0, 0, 0, 1, long.MaxValue / 7]),
        Of("op_UnaryNegation", x => -x, Floats, [-1, NaN, 2.5f, -Infinity, 0]),
        Of("Neg", x => x.Neg(), Longs[..5], [7L, 1, 0, -6, -7]),
        Of("Abs", x => x.Abs(), Floats, [1, NaN, 2.5f, Infinity, 0]),
        Of("Mod of longs has the divisor's sign", x => x.Mod(7), Longs, [0L, 6, 0, 6, 0, long.MaxValue % 7]),
        Of("Mod of floats has the dividend's sign", x => x.Mod(2), Floats, [1, NaN, -0.5f, NaN, 0]),
        Of("Pow", x => x.Pow(2), Floats, [1, NaN, 6.25f, Infinity, 0]),
        Of("Pow broadcasts", (x, y) => x.Pow(y), [2f, 3f], [2, 1], [1L, 2L], [2], [2f, 4, 3, 9], [2, 2]),
        Of("Min", x => x.Min(0.5f), Floats, [0.5f, NaN, -2.5f, 0.5f, 0]),
        Of("Min of longs", x => x.Min(0L), Longs, [-7L, -1, 0, 0, 0, 0]),
        Of("Max", x => x.Max(0.5f), Floats, [1, NaN, 0.5f, Infinity, 0.5f]),
        Of("Max of longs", x => x.Max(0L), Longs, [0L, 0, 0, 6, 7, long.MaxValue]),
        Of("Clip", x => x.Clip(-1, 0.5f), Floats, [0.5f, NaN, -1, 0.5f, 0]),
        Of("Clip below", x => x.Clip(-1, null), Floats, [1, NaN, -1, float.MaxValue, 0]),
        Of("Clip above", x => x.Clip(null, 0.5f), Floats, [0.5f, NaN, -2.5f, 0.5f, 0]),
    ];

    private static IEnumerable<OperatorCase> Comparison =>
    [
        Of("Equal", x => x.Equal(1), Floats, [true, false, false, false, false]),
        Of("Equal of NaN", x => x.Equal(x), Floats, [true, false, true, true, true]),
        Of("Equal of longs", x => x.Equal(6L), Longs, [false, false, false, true, false, false]),
        Of("Equal of text", x => x.Equal(x.Graph.Constant(Tensor.Of(["red"], 1))), Texts, [true, false, false, false]) with { Opset = 19 },
        Of("Less", x => x.Less(1f), Floats, [false, false, true, false, true]),
        Of("Less of longs", x => x.Less(0L), Longs, [true, true, false, false, false, false]),
        Of("LessOrEqual", x => x.LessOrEqual(1f), Floats, [true, false, true, false, true]),
        Of("LessOrEqual of longs", x => x.LessOrEqual(0L), Longs, [true, true, true, false, false, false]),
        Of("Greater", x => x.Greater(1f), Floats, [false, false, false, true, false]),
        Of("Greater of longs", x => x.Greater(0L), Longs, [false, false, false, true, true, true]),
        Of("GreaterOrEqual", x => x.GreaterOrEqual(1f), Floats, [true, false, false, true, false]),
        Of("GreaterOrEqual of longs", x => x.GreaterOrEqual(0L), Longs, [false, false, true, true, true, true]),
        Of("IsNaN", x => x.IsNaN(), Floats, [false, true, false, false, false]),
        Of("IsInf", x => x.IsInf(), Floats, [false, false, false, true, false]),
    ];

    private static IEnumerable<OperatorCase> Logic =>
    [
        Of("And", (x, y) => x.And(y), [true, false], [2, 1], [true, false], [2], [true, false, false, false], [2, 2]),
        Of("Or", (x, y) => x.Or(y), [true, false], [2, 1], [true, false], [2], [true, true, true, false], [2, 2]),
        Of("Xor", (x, y) => x.Xor(y), [true, false], [2, 1], [true, false], [2], [false, true, true, false], [2, 2]),
        Of("Not", x => x.Not(), [true, false], [false, true]),
        Of("Where", x => x.IsNaN().Where(9f, x), Floats, [1f, 9, -2.5f, Infinity, 0]),
        Of("Where otherwise", x => x.IsNaN().Where(x, 9f), Floats, [9f, NaN, 9, 9, 9]),
        Of("Where of longs", x => x.Less(0L).Where(0L, x).Equal(0L).Where(x, 1L), Longs, [-7L, -1, 0, 1, 1, 1]),
        Of("Where of text broadcasts", (x, y) => y.Where(x, x.Graph.Constant(Tensor.Of(["no"], 1))), Texts, [4, 1], [true, false, true, false], [4, 1], ["red", "no", "grün", "no"], [4, 1]),
    ];

    private static IEnumerable<OperatorCase> Functions =>
    [
        Of("Floor", x => x.Floor(), Floats, [1, NaN, -3, Infinity, 0]),
        Of("Ceil", x => x.Ceil(), Floats, [1, NaN, -2, Infinity, 0]),
        Of("Round goes to even", x => x.Round(), Floats, [1, NaN, -2, Infinity, 0]),
        Of("Exp", x => x.Exp(), Floats, [MathF.E, NaN, 0.082085f, Infinity, 1]),
        Of("Log", x => x.Log(), [1f, MathF.E, 0, -1], [0f, 1, -Infinity, NaN]),
        Of("Sqrt", x => x.Sqrt(), [4f, 0, -1], [2f, 0, NaN]),
        Of("Sin", x => x.Sin(), [0f, MathF.PI / 2, NaN], [0f, 1, NaN]),
        Of("Cos", x => x.Cos(), [0f, MathF.PI, NaN], [1f, -1, NaN]),
        Of("Erf", x => x.Erf(), [0f, 1], [0f, 0.8427008f]),
        Of("Tanh", x => x.Tanh(), [0f, 1, NaN], [0f, 0.7615942f, NaN]),
        Of("Sigmoid", x => x.Sigmoid(), [0f, 1, NaN], [0.5f, 0.7310586f, NaN]),
        Of("Relu", x => x.Relu(), [-1f, 2, NaN], [0f, 2, NaN]),
        Of("Softmax", x => x.Softmax(), [0f, 0, 1, 3], [2, 2], [0.5f, 0.5f, 0.1192029f, 0.8807971f], [2, 2]),
        Of("Softmax of an axis", x => x.Softmax(0), [0f, 0, 0, 2], [2, 2], [0.5f, 0.1192029f, 0.5f, 0.8807971f], [2, 2]),
        Of("Softmax", x => x.Softmax(), [0f, 0, 1, 3], [2, 2], [0.5f, 0.5f, 0.1192029f, 0.8807971f], [2, 2]) with { Opset = 11 },
    ];

    private static IEnumerable<OperatorCase> Reduction =>
    [
        Of("ReduceSum", x => x.ReduceSum([1]), [1f, 2, 3, NaN], [2, 2], [3f, NaN], [2, 1]),
        Of("ReduceSum of all", x => x.ReduceSum(keepDims: false), [1f, 2, 3, 4], [2, 2], [10f], []),
        Of("ReduceMean", x => x.ReduceMean([-1], keepDims: false), [1f, 2, 3, 4], [2, 2], [1.5f, 3.5f], [2]),
        Of("ReduceMax", x => x.ReduceMax([0]), [1f, 5, 3, 4], [2, 2], [3f, 5], [1, 2]),
        Of("ReduceMin", x => x.ReduceMin([0]), [1f, 5, 3, 4], [2, 2], [1f, 4], [1, 2]),
        Of("ArgMax is the first of equals", x => x.ArgMax(1, keepDims: false), [1f, 1, 0, 0, 2, 3], [2, 3], [0L, 2], [2]),
        Of("ArgMin", x => x.ArgMin(), [1f, 1, 0, 0, 2, 3], [2, 3], [2L, 0], [2, 1]),
    ];

    private static IEnumerable<OperatorCase> Linear =>
    [
        Of("MatMul", (x, y) => x.MatMul(y), [1f, 2, 3, 4], [2, 2], [1f, 0, 2, 0, 1, 2], [2, 3], [1f, 2, 6, 3, 4, 14], [2, 3]),
        Of("MatMul of batches", (x, y) => x.MatMul(y), [1f, 2, 3, 4], [2, 1, 2], [1f, 1], [2, 1], [3f, 7], [2, 1, 1]),
        Of("Gemm", (x, y) => x.Gemm(y, x.Graph.Constant(Tensor.Of([10f, 20], 2))), [1f, 2], [1, 2], [1f, 0, 0, 1], [2, 2], [11f, 22], [1, 2]),
        Of("Gemm transposed", (x, y) => x.Gemm(y, transposeWeight: true), [1f, 2], [1, 2], [1f, 1, 0, 1, 2, 0], [3, 2], [3f, 2, 2], [1, 3]),
    ];

    private static IEnumerable<OperatorCase> Shaping =>
    [
        Of("Identity", x => x.Identity(), Texts, Texts),
        Of("Cast", x => x.Cast(ElementType.Int64), [1.9f, -1.9f, 3e9f], [1L, -1, 3000000000]),
        Of("Cast of booleans", x => x.Cast(ElementType.Float), [true, false], [1f, 0]),
        Of("Cast of text", x => x.Cast(ElementType.Float), ["1.5", "NaN", "-3e2"], [1.5f, NaN, -300]),
        Of("ShapeOf", x => x.ShapeOf(), [1f, 2, 3, 4], [2, 2], [2L, 2], [2]),
        Of("Reshape", x => x.Reshape(-1, 1), [1f, 2, 3, 4], [2, 2], [1f, 2, 3, 4], [4, 1]),
        Of("Reshape keeps", x => x.Reshape(0, 2, 1), [1f, 2, 3, 4], [2, 2], [1f, 2, 3, 4], [2, 2, 1]),
        Of("Reshape by a value", (x, y) => x.Reshape(y), [1f, 2, 3, 4], [2, 2], [4L], [1], [1f, 2, 3, 4], [4]),
        Of("Expand", x => x.Expand(2, 2), [1f, 2], [2, 1], [1f, 1, 2, 2], [2, 2]),
        Of("Expand by a value", (x, y) => x.Expand(y), [1f, 2], [2, 1], [2L, 2], [2], [1f, 1, 2, 2], [2, 2]),
        Of("Transpose", x => x.Transpose(), [1f, 2, 3, 4, 5, 6], [2, 3], [1f, 4, 2, 5, 3, 6], [3, 2]),
        Of("Transpose by", x => x.Transpose(1, 0, 2), [1f, 2, 3, 4], [1, 2, 2], [1f, 2, 3, 4], [2, 1, 2]),
        Of("Unsqueeze", x => x.Unsqueeze(0, -1), [1f, 2], [2], [1f, 2], [1, 2, 1]),
        Of("Squeeze", x => x.Squeeze(0, -1), [1f, 2], [1, 2, 1], [1f, 2], [2]),
        Of("Gather", (x, y) => x.Gather(y), Texts, [4], [2L, -1], [2, 1], ["grün", "unseen"], [2, 1]),
        Of("Gather along an axis", (x, y) => x.Gather(y, 1), [1f, 2, 3, 4], [2, 2], [1L], [1], [2f, 4], [2, 1]),
        Of("Slice", x => x.Slice(1, long.MaxValue, axis: 1), [1f, 2, 3, 4, 5, 6], [2, 3], [2f, 3, 5, 6], [2, 2]),
        Of("Slice backwards", x => x.Slice(-1, long.MinValue, axis: 0, step: -2), [1f, 2, 3, 4], [4], [4f, 2], [2]),
        Of("Split", x => x.Split(1, 1, 2)[1], [1f, 2, 3, 4, 5, 6], [2, 3], [2f, 3, 5, 6], [2, 2]),
        Of("Concat", (x, y) => Value.Concat([x, y, x], -1), [1f, 2], [2, 1], [3f, 4, 5, 6], [2, 2], [1f, 3, 4, 1, 2, 5, 6, 2], [2, 4]),
    ];

    private static IEnumerable<OperatorCase> Text =>
    [
        Of("Lower changes A to Z alone", x => x.Lower(), ["Red HOUSE", "", "GRÜN", "ÄÖ", "Ω🐕K"], [5], ["red house", "", "grÜn", "ÄÖ", "Ω🐕k"], [5]),
        Of("StringConcat", x => x.StringConcat(" Ü"), ["a", ""], [2], ["a Ü", " Ü"], [2]) with { Opset = 20 },
        Of("StringSplit", x => x.StringSplit(",").Reshape(4, 3), ["a,,b", "", "c", ","], [4], ["a", "", "b", "", "", "", "c", "", "", "", "", ""], [4, 3]) with { Opset = 20 },
        Of("StringSplit at one blank", x => x.StringSplit(" ").Reshape(2, 4), [" a  b\tB", "ä\u00a0x"], [2], ["", "a", "", "b\tB", "ä\u00a0x", "", "", ""], [2, 4]) with { Opset = 20 },
        Of("StringSplit beyond ASCII", x => x.StringSplit("…").Reshape(2, 2), ["a…", "…b"], [2], ["a", "", "", "b"], [2, 2]) with { Opset = 20 },
        Of("TermCounts", x => x.TermCounts([[3], [4], [3, 4]]), [3L, 4, 3, 4, 5, 3, 0, 4, 3, 0, 0, 0], [3, 4], [2f, 2, 2, 1, 1, 0, 1, 0, 0], [3, 3]),
        Of("TermCounts of pairs alone", x => x.TermCounts([[3, 4], [4, 3]]), [3L, 4, 3], [1, 3], [1f, 1], [1, 2]),
        Of("TermCounts of no words", x => x.TermCounts([[3], [4]]), Array.Empty<long>(), [2, 0], [0f, 0, 0, 0], [2, 2]),
    ];

    private static IEnumerable<OperatorCase> Learning =>
    [
        Of("LabelEncoder", x => x.LabelEncoder(["red", "grün", ""], [0f, 1, 7]), Texts, [4, 1], [0f, 7, 1, NaN], [4, 1]),
        Of("LabelEncoder to longs", x => x.LabelEncoder(["red", "grün"], [0L, 1]), Texts, [4, 1], [0L, -1, 1, -1], [4, 1]),
        Of("LabelEncoder to text", x => x.LabelEncoder(["red"], ["R"], "?"), Texts, [4, 1], ["R", "?", "?", "?"], [4, 1]),
        Of("LabelEncoder of longs", x => x.LabelEncoder([6L, -1], ["a", "b"], "?"), Longs, ["?", "b", "?", "a", "?", "?"]),
        Of("LabelEncoder of longs to floats", x => x.LabelEncoder([6L, -1], [1f, 2]), Longs, [NaN, 2, NaN, 1, NaN, NaN]),
        Of("LabelEncoder of floats finds no NaN", x => x.LabelEncoder([1f, NaN, -0f], [10f, 20, 30], -1), Floats, [10f, -1, -1, -1, 30]),
        Of("TreeEnsembleRegressor", x => x.TreeEnsembleRegressor(Trees()), [0.5f, 0.5f, NaN, NaN, 0.6f, 0.6f, -Infinity, Infinity], [4, 2], [101.25f, 210, 102.25f, 220, 102, 220.75f, 101, 210.75f], [4, 2]),
        Of("TreeEnsembleRegressor averages", x => x.TreeEnsembleRegressor(Forest()), [0f, 1], [2, 1], [1.5f, 2], [2, 1]),
        Of("TreeEnsembleRegressor with the root last", x => x.TreeEnsembleRegressor(RootLast()), [0f, 1], [2, 1], [2f, 3], [2, 1]),
        Of("TreeEnsembleRegressor of no rows", x => x.TreeEnsembleRegressor(Trees()), Array.Empty<float>(), [0, 2], Array.Empty<float>(), [0, 2]),
        .. Enum.GetValues<TreeTest>().SelectMany(test => new[] { false, true }.Select(missing => Decision(test, missing))),
    ];

    /// <summary>NaN goes as said, except that it is unequal to everything.</summary>
    private static OperatorCase Decision(TreeTest test, bool missing)
    {
        var trees = new TreeEnsemble();
        trees.BeginTree();
        trees.AddBranch(0, feature: 0, threshold: 1, whenTrue: 1, whenFalse: 2, missing, test);
        trees.AddLeaf(1, 1f);
        trees.AddLeaf(2, 0f);
        Func<float, bool> holds = test switch
        {
            TreeTest.LessOrEqual => x => x <= 1 || (missing && float.IsNaN(x)),
            TreeTest.Less => x => x < 1 || (missing && float.IsNaN(x)),
            TreeTest.GreaterOrEqual => x => x >= 1 || (missing && float.IsNaN(x)),
            TreeTest.Greater => x => x > 1 || (missing && float.IsNaN(x)),
            TreeTest.Equal => x => x == 1 || (missing && float.IsNaN(x)),
            _ => x => x != 1,
        };
        float[] given = [0, 1, 2, NaN, MathF.BitIncrement(1), MathF.BitDecrement(1)];
        return Of($"TreeEnsembleRegressor {test}, missing {(missing ? "" : "not ")}true", x => x.TreeEnsembleRegressor(trees), given, [6, 1], given.Select(x => holds(x) ? 1f : 0).ToArray(), [6, 1]);
    }

    private static TreeEnsemble Trees()
    {
        var trees = new TreeEnsemble(2) { BaseValues = [100, 200] };
        trees.BeginTree();
        trees.AddBranch(0, feature: 0, threshold: 0.5f, whenTrue: 1, whenFalse: 2);
        trees.AddLeaf(1, 1, 10);
        trees.AddLeaf(2, 2, 20);
        trees.BeginTree();
        trees.AddBranch(0, feature: 1, threshold: 0.5f, whenTrue: 1, whenFalse: 2, missingIsTrue: true);
        trees.AddLeafFor(1, target: 0, weight: 0.25f);
        trees.AddLeafFor(2, target: 1, weight: 0.75f);
        return trees;
    }

    private static TreeEnsemble RootLast()
    {
        var trees = new TreeEnsemble();
        trees.BeginTree();
        trees.AddLeaf(2, 3f);
        trees.AddLeaf(1, 2f);
        trees.AddBranch(0, feature: 0, threshold: 0.5f, whenTrue: 1, whenFalse: 2);
        return trees;
    }

    private static TreeEnsemble Forest()
    {
        var trees = new TreeEnsemble { Average = true };
        trees.BeginTree();
        trees.AddBranch(0, feature: 0, threshold: 0.5f, whenTrue: 1, whenFalse: 2);
        trees.AddLeaf(1, 2f);
        trees.AddLeaf(2, 3f);
        trees.BeginTree();
        trees.AddLeaf(0, 1f);
        return trees;
    }

    /// <summary>The same under older operator sets, where axes and the like are attributes.</summary>
    private static IEnumerable<OperatorCase> Older(OperatorCase @case) => [@case with { Opset = 11 }, @case with { Opset = 18 }];

    private static OperatorCase Of<TX, TExpected>(string name, Func<Value, Value> build, TX[] x, TExpected[] expected) => Of(name, build, x, [x.Length, 1], expected, [x.Length, 1]);

    private static OperatorCase Of<TX, TExpected>(string name, Func<Value, Value> build, TX[] x, long[] shape, TExpected[] expected, long[] expectedShape) =>
        new(name, graph => build(graph["x"]), x, shape, expected, expectedShape);

    private static OperatorCase Of<TX, TY, TExpected>(string name, Func<Value, Value, Value> build, TX[] x, long[] shape, TY[] y, long[] shapeY, TExpected[] expected, long[] expectedShape) =>
        new(name, graph => build(graph["x"], graph["y"]), x, shape, expected, expectedShape) { Y = (y, shapeY) };
}
