namespace ModelTraining.Onnx;

/// <summary>
/// The gradient of Resize. Nearest, linear and cubic interpolation are the same along each axis by itself: a matrix of weights, [output, input], which is made
/// here from the sizes; the gradient is the product with its transpose. Sizes must be known along the axes that change.
/// </summary>
internal static class ResizeRule
{
    public static void Apply(NodeGradient node) => node.Give(0, () =>
    {
        var x = node.Input();
        var rank = node.Ranked(x).Count;
        if (node.Whole("antialias", 0) != 0) throw node.Unsupported("with 'antialias'", "Use 0.");
        if (node.Whole("exclude_outside", 0) != 0) throw node.Unsupported("with 'exclude_outside'", "Use 0.");
        if (node.Wholes("axes") is not null) throw node.Unsupported("with 'axes'", "Give a scale for every axis.");
        var scales = node.Constant(2) is { Type: ElementType.Float, Count: > 0 } given ? given.Elements<float>().ToArray() : null;
        if (scales is null && node.Optional(2) is { Shape: not [{ Size: 0 }] } && node.Optional(3) is null)
        {
            // The scales that led to the sizes can't be told from these, since sizes are rounded.
            throw node.Unsupported("with scales that are computed when the graph runs", "Export the model with fixed scales.");
        }

        var d = node.Gradient;
        for (var axis = 0; axis < rank; axis++)
        {
            if (scales is not null ? scales[axis] == 1 : Broadcasting.Same(x.Shape![axis], node.Output().Shape![axis])) continue;
            var (input, output) = (node.Size(x, axis), node.Size(node.Output(), axis));
            d = Along(d, Interpolation.Weights(node.Node, input, output, scales is null ? output / (double)input : scales[axis], node.Unsupported), axis, input, output);
        }

        return d;
    });

    /// <summary>The product with [output, input] along one axis.</summary>
    private static Value Along(Value d, float[] weights, int axis, long input, long output)
    {
        var matrix = d.Graph.Constant(Tensor.Of(weights, output, input)).Cast(d.Type);
        var rank = d.Shape!.Count;
        if (axis == rank - 1) return d.MatMul(matrix);
        if (axis == rank - 2) return matrix.Transpose(1, 0).MatMul(d);
        var swapped = Enumerable.Range(0, rank).Select(i => (long)i).ToArray();
        (swapped[axis], swapped[^1]) = (swapped[^1], swapped[axis]);
        return d.Transpose(swapped).MatMul(matrix).Transpose(swapped);
    }
}
