using System.Globalization;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>The number of edges that are not above x.</summary>
/// <param name="Column">The column of numbers.</param>
/// <param name="Edges">The edges between bins, ascending.</param>
internal sealed record BinFormula(string Column, float[] Edges) : Formula($"bin({Column})", [Column])
{
    public override bool IsBounded => true;

    public override string Learned => $"at {string.Join(", ", Edges.Select(Text))}";

    public static Func<TableView, FitContext, IReadOnlyList<Formula>> Learn(IReadOnlyList<string> columns, int bins, BinStrategy strategy, bool oneHot) => (training, context) =>
    {
        var edges = new float[columns.Count][];
        ColumnLoop.Run(edges.Length, context.Threads, i => edges[i] = BinEdges.Of(training.Numbers(columns[i]), bins, strategy, context));
        return [.. columns.Zip(edges).SelectMany(pair => oneHot ? Indicators(pair.First, pair.Second) : [new BinFormula(pair.First, pair.Second)])];
    };

    public override float Of(ReadOnlySpan<float> inputs)
    {
        if (float.IsNaN(inputs[0])) return float.NaN;
        var position = Edges.AsSpan().BinarySearch(inputs[0]);
        return position >= 0 ? position + 1 : ~position;
    }

    public override Value Emit(IReadOnlyList<Value> inputs)
    {
        var graph = inputs[0].Graph;
        var missing = inputs[0].IsNaN();
        if (Edges.Length == 0) return missing.Where(float.NaN, missing.Cast(ElementType.Float));
        var passed = inputs[0].GreaterOrEqual(graph.Constant(Tensor.Of(Edges, 1, Edges.Length))).Cast(ElementType.Float).ReduceSum([1]);
        return missing.Where(float.NaN, passed);
    }

    private static IEnumerable<Formula> Indicators(string column, float[] edges)
    {
        for (var bin = 0; bin <= edges.Length; bin++)
        {
            var (from, to) = (bin == 0 ? float.NegativeInfinity : edges[bin - 1], bin == edges.Length ? float.PositiveInfinity : edges[bin]);
            var open = bin == 0 ? "(-inf" : $"[{Text(from)}";
            yield return new IntervalFormula($"bin({column})={open}, {(bin == edges.Length ? "inf" : Text(to))})", column, from, to);
        }
    }

    private static string Text(float edge) => edge.ToString("0.#####", CultureInfo.InvariantCulture);
}
