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
        if (axis == 0) return Scattering.AddRows(node, x, indices, d);

        // The gathered axis goes to the front, and the indices' axes with it.
        long[] forward = [axis, .. Range(0, axis), .. Range(axis + 1, rank)];
        long[] back = [.. Range(1, axis + 1), 0, .. Range(axis + 1, rank)];
        var front = Permuted(x, forward);
        var rows = d.Transpose([.. Range(axis, axis + places), .. Range(0, axis), .. Range(axis + places, rank + places - 1)]);
        return node.Graph.Add("Transpose", [Scattering.AddRows(node, front, indices, rows)], d.Type, x.Shape, [("perm", back)]);
    });

    public static void GatherElements(NodeGradient node) => node.Give(0, () =>
    {
        Scattering.RequireSums(node);
        return node.Graph.Add("ScatterElements", [Broadcasting.Full(node.Input(), 0), node.Input(1), node.Gradient], node.Gradient.Type, node.Input().Shape, [("axis", node.Whole("axis", 0)), ("reduction", "add")]);
    });

    public static void GatherND(NodeGradient node) => node.Give(0, () =>
    {
        if (node.Whole("batch_dims", 0) != 0) throw node.Unsupported("with 'batch_dims'", "Use GatherElements.");
        Scattering.RequireSums(node);
        return node.Graph.Add("ScatterND", [Broadcasting.Full(node.Input(), 0), node.Input(1), node.Gradient], node.Gradient.Type, node.Input().Shape, [("reduction", "add")]);
    });

    private static IEnumerable<long> Range(int from, int until) => Enumerable.Range(from, until - from).Select(axis => (long)axis);

    /// <summary>A stand-in that has the shape of the transposed value; only its shape is used.</summary>
    private static Value Permuted(Value x, long[] permutation)
    {
        var shape = x.Shape!;
        return shape.All(size => size.IsKnown) ? new Value(x.Graph, x.Name, x.Type, [.. permutation.Select(axis => shape[(int)axis])]) : x.Transpose(permutation);
    }
}
