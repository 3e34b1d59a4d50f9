namespace ModelTraining.Onnx;

/// <summary>Gradients of products of matrices.</summary>
internal static class LinearRules
{
    /// <summary>y = α·A'·B' + β·C.</summary>
    public static void Gemm(NodeGradient node)
    {
        var (alpha, beta) = (node.Number("alpha", 1), node.Number("beta", 1));
        var (transA, transB) = (node.Whole("transA", 0) != 0, node.Whole("transB", 0) != 0);
        var (a, b, d) = (node.Input(0), node.Input(1), node.Gradient);
        node.Give(0, () => transA ? Product(b, d, transB, true, alpha, a) : Product(d, b, false, !transB, alpha, a));
        node.Give(1, () => transB ? Product(d, a, true, transA, alpha, b) : Product(a, d, !transA, false, alpha, b));
        node.GiveSummed(2, () => beta == 1 ? d : d * beta);
    }

    public static void MatMul(NodeGradient node)
    {
        var (a, b, d) = (node.Input(0), node.Input(1), node.Gradient);
        var (rankA, rankB) = (node.Ranked(a).Count, node.Ranked(b).Count);
        if (rankA == 1 || rankB == 1)
        {
            Vectors(node, a, b, d, rankA, rankB);
            return;
        }

        if (rankB > 2)
        {
            node.GiveSummed(0, () => d.MatMul(Transposed(b)));
            node.GiveSummed(1, () => Transposed(a).MatMul(d));
            return;
        }

        // Rows of all batches by one matrix: one product, however many dimensions the rows are in.
        node.Give(0, () => Broadcasting.ReshapeTo(Product(Rows(d), b, false, true, 1, null), a));
        node.Give(1, () => Product(Rows(a), Rows(d), true, false, 1, b));
    }

    /// <summary>Rows by weights and bias, in the form of a graph that is trained.</summary>
    public static void Form(NodeGradient node)
    {
        var (x, weight, d) = (node.Input(0), node.Input(1), node.Gradient);
        var transposed = node.Whole("transB", 0) != 0;
        node.Give(0, () => TrainingKernels.AddProduct(d, weight, transB: !transposed));
        if (transposed || !node.Needs(1))
        {
            node.Give(1, () => TrainingKernels.AddProduct(d, x, transA: true));
            node.GiveSummed(2, () => d);
            return;
        }

        var (towardsWeight, towardsBias) = TrainingKernels.AddWeightGradient(x, d);
        node.Give(1, () => towardsWeight);
        node.Give(2, () => towardsBias);
    }

    /// <summary>A vector is a matrix of one row on the left, of one column on the right.</summary>
    private static void Vectors(NodeGradient node, Value a, Value b, Value d, int rankA, int rankB)
    {
        var left = rankA == 1 ? a.Unsqueeze(0) : a;
        var right = rankB == 1 ? b.Unsqueeze(1) : b;
        if (rankB == 1) d = d.Unsqueeze(-1);
        if (rankA == 1) d = d.Unsqueeze(-2);
        node.Give(0, () => Broadcasting.ReshapeTo(Broadcasting.SumTo(d.MatMul(Transposed(right)), left), a));
        node.Give(1, () => Broadcasting.ReshapeTo(Broadcasting.SumTo(Transposed(left).MatMul(d), right), b));
    }

    private static Value Product(Value a, Value b, bool transA, bool transB, float alpha, Value? like)
    {
        var attributes = new List<(string, object)>();
        if (transA) attributes.Add(("transA", 1L));
        if (transB) attributes.Add(("transB", 1L));
        if (alpha != 1) attributes.Add(("alpha", alpha));
        var shape = like?.Shape ?? [a.Shape![transA ? 1 : 0], b.Shape![transB ? 0 : 1]];
        return a.Graph.Add("Gemm", [a, b], a.Type, shape, attributes);
    }

    /// <summary>All dimensions but the last as one.</summary>
    private static Value Rows(Value value)
    {
        var shape = value.Shape!;
        if (shape.Count == 2) return value;
        var count = Shapes.Count(shape.Take(shape.Count - 1));
        Dimension[] rows = [new(count), shape[^1]];
        if (shape[^1].IsKnown) return value.Graph.Add("Reshape", [value, Emit.List(value.Graph, [-1, shape[^1].Size])], value.Type, rows);
        return value.Graph.Add("Flatten", [value], value.Type, rows, [("axis", (long)(shape.Count - 1))]);
    }

    private static Value Transposed(Value value)
    {
        var permutation = Enumerable.Range(0, value.Shape!.Count).Select(axis => (long)axis).ToArray();
        (permutation[^1], permutation[^2]) = (permutation[^2], permutation[^1]);
        return value.Transpose(permutation);
    }
}
