using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>A curve for each class that does not fall: linear between its knots, level outside of them.</summary>
internal sealed class IsotonicMap(IReadOnlyList<IsotonicCurve> curves) : ClassWiseMap
{
    public override string Description => curves.Count == 1
        ? $"a rising curve with {ReportNumber.Count(curves[0].X.Length, "knot")}"
        : $"a rising curve for each of {ReportNumber.Count(curves.Count)} classes";

    public static IsotonicMap Fit(EvaluatedRows rows)
    {
        var width = rows.ClassCount;
        var curves = new List<IsotonicCurve>();
        for (var i = width == 2 ? 1 : 0; i < width; i++)
        {
            var (probabilities, hits) = (new float[rows.Count], new double[rows.Count]);
            for (var row = 0; row < rows.Count; row++)
            {
                probabilities[row] = rows.Outputs[row * width + i];
                hits[row] = (int)rows.Targets[row] == i ? 1 : 0;
            }

            curves.Add(IsotonicCurve.Fit(probabilities, hits, rows.Weights));
        }

        return new IsotonicMap(curves);
    }

    protected override double Map(int curve, float probability, double rest) => curves[curve].At(probability);

    /// <summary>A balanced tree for each curve finds the stretch between two knots; its line is then looked up.</summary>
    protected override Value EmitMap(Value probabilities, Value rest)
    {
        var graph = probabilities.Graph;
        var trees = new TreeEnsemble(curves.Count);
        var lines = new List<(double X, double Y, double Slope)>();
        for (var i = 0; i < curves.Count; i++)
        {
            trees.BeginTree();
            AddNode(trees, 0, i, curves[i].X, 0, curves[i].X.Length, lines.Count);
            for (var stretch = 0; stretch <= curves[i].X.Length; stretch++) lines.Add(curves[i].Line(stretch));
        }

        var line = probabilities.TreeEnsembleRegressor(trees).Cast(ElementType.Int64);
        Value Of(Func<(double X, double Y, double Slope), double> part) => graph.Constant(Tensor.Of([.. lines.Select(part)], lines.Count)).Gather(line);
        return (Of(part => part.Y) + (probabilities.Cast(ElementType.Double) - Of(part => part.X)) * Of(part => part.Slope)).Clip(0, 1);
    }

    /// <summary>The part of the tree that tells apart the stretches from <paramref name="low"/> to <paramref name="high"/>, a node before those it leads to.</summary>
    private static void AddNode(TreeEnsemble trees, int node, int curve, float[] knots, int low, int high, int firstLine)
    {
        if (low == high)
        {
            trees.AddLeafFor(node, curve, firstLine + low);
            return;
        }

        var middle = (low + high) / 2;
        var (below, above) = (node + 1, node + 2 + 2 * (middle - low)); // a tree of n branches has n + 1 leaves
        trees.AddBranch(node, curve, knots[middle], below, above);
        AddNode(trees, below, curve, knots, low, middle, firstLine);
        AddNode(trees, above, curve, knots, middle + 1, high, firstLine);
    }
}
