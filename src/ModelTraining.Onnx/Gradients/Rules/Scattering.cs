namespace ModelTraining.Onnx;

/// <summary>
/// Sums rows into places. ONNX Runtime's ScatterND with reduction=add spreads its rows over threads without a lock, so that rows of one place get lost (seen in
/// 1.29: 2 of 300 runs on two threads). It stays on one thread where there is little to do; so a known number of rows is added in portions that are small enough.
/// Otherwise ScatterElements, which never uses threads, does it, at some twenty times the cost. Before opset 16 neither sums, and a product with a matrix of zeros
/// and ones does.
/// </summary>
internal static class Scattering
{
    /// <summary>From this version of the default operator set ScatterND and ScatterElements sum.</summary>
    public const int Sums = 16;

    /// <summary>ONNX Runtime's cost model starts a second thread from 110,000 on.</summary>
    private const long OneThread = 65_536;

    private const long MostPortions = 256;

    /// <summary>Zeros of the shape of <paramref name="like"/>, with the rows of <paramref name="rows"/> added at <paramref name="indices"/> of the first axis.</summary>
    public static Value AddRows(NodeGradient node, Value like, Value indices, Value rows)
    {
        indices = indices.Cast(ElementType.Int64);
        if (TrainingKernels.Take(rows) && like.Shape is { } shape && shape.All(size => size.IsKnown))
        {
            return rows.Graph.Add(TrainingKernels.SumRows, [indices, rows], rows.Type, shape, [("shape", shape.Select(size => size.Size).ToArray())], TrainingKernels.Domain);
        }

        var width = Shapes.Count(node.Ranked(like).Skip(1));
        var count = Shapes.Count(node.Ranked(indices));
        if (!node.Since(Sums)) return ByProduct(node, like, indices, rows);
        var portion = width > 0 ? Math.Max(OneThread / width, 1) : 0;
        return width > 0 && count >= 0 && count <= portion * MostPortions ? InPortions(like, indices, rows, count, width, portion) : ByElements(like, indices, rows, width);
    }

    private static Value InPortions(Value like, Value indices, Value rows, long count, long width, long portion)
    {
        var graph = like.Graph;
        Dimension[] flat = [like.Shape![0], width];
        var (places, values) = (indices.Reshape(count, 1), rows.Reshape(count, width));
        var zeros = Broadcasting.Full(like, 0);
        var sum = like.Shape!.Count == 2 ? zeros : graph.Add("Reshape", [zeros, Emit.List(graph, [-1, width])], rows.Type, flat);
        for (var at = 0L; at < count; at += portion)
        {
            var (some, their) = count <= portion ? (places, values) : (places.Slice(at, Math.Min(at + portion, count), 0), values.Slice(at, Math.Min(at + portion, count), 0));
            sum = graph.Add("ScatterND", [sum, some, their], rows.Type, flat, [("reduction", "add")]);
        }

        return Broadcasting.ReshapeTo(sum, like);
    }

    private static Value ByElements(Value like, Value indices, Value rows, long width)
    {
        var graph = like.Graph;
        Dimension[] open = [new(-1), width >= 0 ? width : new Dimension(-1)];
        var values = graph.Add("Flatten", [rows], rows.Type, open, [("axis", (long)indices.Shape!.Count)]);
        var zeros = graph.Add("Flatten", [Broadcasting.Full(like, 0)], rows.Type, open, [("axis", 1L)]);
        var places = graph.Add("Expand", [indices.Reshape(-1, 1), values.ShapeOf()], ElementType.Int64, open);
        var sum = graph.Add("ScatterElements", [zeros, places, values], rows.Type, open, [("axis", 0L), ("reduction", "add")]);
        return Broadcasting.ReshapeTo(sum, like);
    }

    private static Value ByProduct(NodeGradient node, Value like, Value indices, Value rows)
    {
        var graph = node.Graph;
        var flat = indices.Reshape(-1);
        var values = graph.Constant(Tensor.Of([0f, 1f], 2)).Cast(rows.Type);
        var count = like.Shape![0] is { IsKnown: true, Size: var size } ? graph.Constant(size) : JoiningRules.SizeOf(like, 0).Squeeze(0);
        var hot = graph.Add("OneHot", [flat, count, values], rows.Type, [flat.Shape![0], like.Shape[0]], [("axis", -1L)]);
        var matrix = graph.Add("Flatten", [rows], rows.Type, [new Dimension(-1), new Dimension(-1)], [("axis", (long)indices.Shape!.Count)]);
        var sums = graph.Add("Gemm", [hot, matrix], rows.Type, [like.Shape[0], new Dimension(-1)], [("transA", 1L)]);
        return Broadcasting.ReshapeTo(sums, like);
    }
}
