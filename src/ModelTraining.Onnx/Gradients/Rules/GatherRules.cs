namespace ModelTraining.Onnx;

/// <summary>Gradients of the operators that pick elements: each goes back to where it came from, and those of one place are summed.</summary>
internal static class GatherRules
{
    public static void Gather(NodeGradient node) => node.Give(0, () =>
    {
        var (x, indices, d) = (node.Input(), node.Input(1), node.Gradient);
        var rank = node.Ranked(x).Count;
        var axis = Shapes.Axis("Gather", x, node.Whole("axis", 0), rank);
        var places = node.Ranked(indices).Count;
        if (places == 0 && x.Shape![axis] is { IsKnown: true, Size: var size } && ConstantValues.Wholes(node.Constant(1)) is [var place])
        {
            var before = place < 0 ? place + size : place;
            return SliceRule.Pad(d.Unsqueeze(axis), x.Shape, axis, before, size - before - 1);
        }

        if (axis == 0) return Scattering.AddRows(node, x, indices, d);

        // The gathered axis goes to the front, and the indices' axes with it.
        long[] forward = [axis, .. Range(0, axis), .. Range(axis + 1, rank)];
        long[] back = [.. Range(1, axis + 1), 0, .. Range(axis + 1, rank)];
        var front = Permuted(x, forward);
        var rows = Moved(d, [.. Range(axis, axis + places), .. Range(0, axis), .. Range(axis + places, rank + places - 1)]);
        return node.Graph.Add("Transpose", [Scattering.AddRows(node, front, indices, rows)], d.Type, x.Shape, [("perm", back)]);
    });

    public static void GatherElements(NodeGradient node) => node.Give(0, () =>
    {
        if (!node.Since(Scattering.Sums)) throw node.Unsupported($"before opset {Scattering.Sums}; the graph uses {node.Graph.Opsets[""]}", $"Export the model with opset {Scattering.Sums} or later.");
        return node.Graph.Add("ScatterElements", [Broadcasting.Full(node.Input(), 0), node.Input(1), node.Gradient], node.Gradient.Type, node.Input().Shape, [("axis", node.Whole("axis", 0)), ("reduction", "add")]);
    });

    /// <summary>The indexed dimensions as one: a tuple of indices is then the index of a row.</summary>
    public static void GatherND(NodeGradient node) => node.Give(0, () =>
    {
        var (x, indices) = (node.Input(), node.Input(1));
        if (node.Whole("batch_dims", 0) != 0) throw node.Unsupported("with 'batch_dims'", "Use GatherElements.");
        var depth = (int)node.Size(indices, node.Ranked(indices).Count - 1);
        var sizes = Enumerable.Range(0, depth).Select(axis => node.Size(x, axis)).ToArray();
        var strides = sizes.Select((_, axis) => sizes.Skip(axis + 1).Aggregate(1L, (a, b) => a * b)).ToArray();
        var counted = indices.Less(0L).Where(indices + Emit.List(node.Graph, sizes), indices);
        var row = (counted * Emit.List(node.Graph, strides)).ReduceSum([-1], keepDims: false);
        var like = x.Graph.Add("Reshape", [x, Emit.List(node.Graph, [sizes.Aggregate(1L, (a, b) => a * b), .. Enumerable.Range(depth, x.Shape!.Count - depth).Select(axis => node.Size(x, axis))])], x.Type, [sizes.Aggregate(1L, (a, b) => a * b), .. x.Shape!.Skip(depth)]);
        return Broadcasting.ReshapeTo(Scattering.AddRows(node, like, row, node.Gradient), x);
    });

    private static IEnumerable<long> Range(int from, int until) => Enumerable.Range(from, until - from).Select(axis => (long)axis);

    /// <summary>ONNX Runtime 1.29 fuses a Transpose that changes nothing into a Gemm before it as if it exchanged the axes; so none is made.</summary>
    private static Value Moved(Value d, long[] permutation) => permutation.SequenceEqual(Range(0, permutation.Length)) ? d : d.Transpose(permutation);

    /// <summary>A stand-in that has the shape of the transposed value; only its shape is used.</summary>
    private static Value Permuted(Value x, long[] permutation)
    {
        var shape = x.Shape!;
        return shape.All(size => size.IsKnown) ? new Value(x.Graph, x.Name, x.Type, [.. permutation.Select(axis => shape[(int)axis])]) : x.Transpose(permutation);
    }
}
