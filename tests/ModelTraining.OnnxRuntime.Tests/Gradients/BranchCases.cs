using ModelTraining.Onnx;

namespace ModelTraining.Tests.Gradients;

/// <summary>If, whose condition is known only when the graph runs.</summary>
internal static class BranchCases
{
    public static IReadOnlyList<GradientCase> All { get; } =
    [
        new("If, true", [[2, 3], [3]], x => Choose(x, -100, v => (v[0] * v[1]).Exp(), v => v[0].Tanh())[0]),
        new("If, false", [[2, 3], [3]], x => Choose(x, 100, v => (v[0] * v[1]).Exp(), v => v[0].Tanh())[0]),
        new("If of values that come from around by themselves", [[2, 3], [2, 3]], x => Choose(x, -100, v => v[0] * 1f, v => v[1] * 1f)[0]),
        new("If inside an If", [[4], [4]], x => Choose(x, -100, v => Choose(v, 100, w => w[0] * w[0], w => w[0] * w[1] * w[1])[0].Sigmoid(), v => v[1].Exp())[0]),
        new("If with its results in two places", [[4], [4]], x => Choose(x, -100, v => v[0] * v[1], v => v[0]) is [var y] ? (y * y) + (y * x[1]) : x[0]),
    ];

    /// <summary>The first function of the values where the first sums to more than a number, the second otherwise.</summary>
    public static IReadOnlyList<Value> Choose(Value[] values, double bound, Func<Value[], Value> then, Func<Value[], Value> otherwise)
    {
        var graph = values[0].Graph;
        var condition = values[0].ReduceSum(keepDims: false).Greater(GradientCases.Constant(values[0], [bound]));
        return graph.Add("If", [condition], [(values[0].Type, null)], [("then_branch", Branch(values, $"{condition.Name}/then", then)), ("else_branch", Branch(values, $"{condition.Name}/else", otherwise))]);
    }

    /// <summary>A branch that takes values from around it.</summary>
    public static Graph Branch(Value[] values, string name, params Func<Value[], Value>[] build)
    {
        var open = new Graph(name, values[0].Graph.Opsets[""]);
        Value[] inside = [.. values.Select(value => InnerGraph.Around(open, value, value.Shape))];
        return InnerGraph.Closed(open, [.. build.Select(output => output(inside)).Select(value => open.Add("Identity", [value], value.Type, value.Shape))], $"{name}/");
    }
}
