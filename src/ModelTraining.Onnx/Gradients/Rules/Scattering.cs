namespace ModelTraining.Onnx;

/// <summary>Sums rows into places. ScatterND and ScatterElements sum from opset 16 on; before, a product with a matrix of zeros and ones does.</summary>
internal static class Scattering
{
    private const int Sums = 16;

    /// <summary>Zeros of the shape of <paramref name="like"/>, with the rows of <paramref name="rows"/> added at <paramref name="indices"/> of the first axis.</summary>
    public static Value AddRows(NodeGradient node, Value like, Value indices, Value rows)
    {
        var graph = node.Graph;
        if (node.Since(Sums))
        {
            var places = node.Ranked(indices);
            return graph.Add("ScatterND", [Broadcasting.Full(like, 0), indices.Cast(ElementType.Int64).Unsqueeze(places.Count), rows], rows.Type, like.Shape, [("reduction", "add")]);
        }

        var flat = indices.Cast(ElementType.Int64).Reshape(-1);
        var values = graph.Constant(Tensor.Of([0f, 1f], 2)).Cast(rows.Type);
        var count = like.Shape![0] is { IsKnown: true, Size: var size } ? graph.Constant(size) : JoiningRules.SizeOf(like, 0).Squeeze(0);
        var hot = graph.Add("OneHot", [flat, count, values], rows.Type, [flat.Shape![0], like.Shape[0]], [("axis", -1L)]);

        // [places..., rest...] as [places, rest]; without a rest, as a column.
        var rank = node.Ranked(indices).Count;
        var matrix = graph.Add("Flatten", [rows], rows.Type, [new Dimension(-1), new Dimension(-1)], [("axis", (long)rank)]);
        var sums = graph.Add("Gemm", [hot, matrix], rows.Type, [like.Shape[0], new Dimension(-1)], [("transA", 1L)]);
        return Broadcasting.ReshapeTo(sums, like);
    }

    /// <exception cref="ModelTrainingException">MT3014: the opset is too old.</exception>
    public static void RequireSums(NodeGradient node)
    {
        if (!node.Since(Sums)) throw node.Unsupported($"before opset {Sums}; the graph uses {node.Graph.Opsets[""]}", $"Export the model with opset {Sums} or later.");
    }
}
