namespace ModelTraining.Onnx;

/// <summary>Gradients of pools.</summary>
internal static class PoolRules
{
    /// <summary>Each pixel gets the share of every window that saw it.</summary>
    public static void Average(NodeGradient node) => node.Give(0, () =>
    {
        var (x, d) = (node.Input(), node.Gradient);
        var moves = Moves.Of(node, x, node.Wholes("kernel_shape") ?? []);
        var shares = d / Counts(node, x, moves);

        // Channels do not mix: each is an image of its own.
        var sizes = d.Shape!.Skip(2).All(size => size.IsKnown)
            ? Emit.List(x.Graph, [-1, 1, .. d.Shape!.Skip(2).Select(size => size.Size)])
            : Value.Concat([Emit.List(x.Graph, [-1, 1]), d.ShapeOf().Slice(2, long.MaxValue, 0)], 0);
        var images = x.Graph.Add("Reshape", [shares, sizes], d.Type, [new Dimension(-1), 1, .. d.Shape!.Skip(2)]);
        var like = new Value(x.Graph, x.Name, x.Type, [new Dimension(-1), 1, .. node.Ranked(x).Skip(2)]);
        var ones = Emit.Scalar(x, 1.0).Expand([1, 1, .. moves.Kernel]);
        return Broadcasting.ReshapeTo(TransposedConvolution.Apply(images, ones, like, moves, 1), x);
    });

    /// <summary>
    /// To the pixel that was the largest of its window, which the operator's second output names. Windows that share pixels are taken in sets of such that do not,
    /// and the sets are added up: within a set no two threads meet.
    /// </summary>
    public static void Max(NodeGradient node) => node.Give(0, () =>
    {
        var (x, d) = (node.Input(), node.Gradient);
        if (node.Whole("storage_order", 0) != 0) throw node.Unsupported("with 'storage_order' 1", "Use 0.");
        var moves = Moves.Of(node, x, node.Wholes("kernel_shape") ?? []);
        var places = node.Output(1, _ => (ElementType.Int64, d.Shape));
        var flat = x.Graph.Add("Reshape", [x, Emit.List(x.Graph, [-1])], x.Type, [new(node.Ranked(x) is var shape ? Shapes.Count(shape) : -1)]);
        var zeros = Broadcasting.Full(flat, 0);
        var apart = Enumerable.Range(0, moves.Rank).Select(i => (moves.Span(i) + moves.Strides[i] - 1) / moves.Strides[i]).ToArray();
        var parts = apart.All(windows => windows == 1)
            ? [Put(zeros, places, d)]
            : Offsets(apart).Select(offset => Put(zeros, Each(places, offset, apart), Each(d, offset, apart))).ToList();
        return Broadcasting.ReshapeTo(parts.Count == 1 ? parts[0] : x.Graph.Add("Sum", [.. parts], d.Type, zeros.Shape), x);
    });

    public static void GlobalAverage(NodeGradient node) => node.Give(0, () => Broadcasting.ExpandTo(node.Gradient / Broadcasting.CountRatio(node.Input(), node.Output()), node.Input()));

    /// <summary>Equal pixels share.</summary>
    public static void GlobalMax(NodeGradient node) => node.Give(0, () =>
    {
        var (x, y) = (node.Input(), node.Output());
        var mask = x.Equal(y).Cast(x.Type);
        return mask * (node.Gradient / mask.ReduceSum([.. Enumerable.Range(2, node.Ranked(x).Count - 2).Select(axis => (long)axis)]));
    });

    private static Value Put(Value zeros, Value places, Value d) => zeros.Graph.Add("ScatterND", [zeros, places.Reshape(-1, 1), d.Reshape(-1)], d.Type, zeros.Shape);

    private static IEnumerable<long[]> Offsets(long[] counts)
    {
        IEnumerable<long[]> offsets = [[]];
        foreach (var count in counts) offsets = offsets.SelectMany(offset => Enumerable.Range(0, (int)count).Select(next => offset.Append(next).ToArray()));
        return offsets;
    }

    private static Value Each(Value value, long[] offset, long[] step)
    {
        var axes = Enumerable.Range(2, offset.Length).Select(axis => (long)axis).ToArray();
        var ends = Emit.List(value.Graph, Enumerable.Repeat(long.MaxValue, offset.Length).ToArray());
        return value.Graph.Add("Slice", [value, Emit.List(value.Graph, offset), ends, Emit.List(value.Graph, axes), Emit.List(value.Graph, step)], value.Type, [.. value.Shape!.Select(_ => new Dimension(-1))]);
    }

    /// <summary>How many pixels each window averaged, [1, 1, d1, ...] or one number.</summary>
    private static Value Counts(NodeGradient node, Value x, Moves moves)
    {
        var (rank, padded, ceil) = (moves.Rank, node.Whole("count_include_pad", 0) != 0, node.Whole("ceil_mode", 0) != 0);
        if (!ceil && (padded || moves.Pads.All(pad => pad == 0))) return Emit.Scalar(x, (double)moves.Kernel.Aggregate(1L, (a, b) => a * b));
        double[] counts = [1];
        var shape = new long[rank + 2];
        (shape[0], shape[1]) = (1, 1);
        for (var i = 0; i < rank; i++)
        {
            var (size, steps) = (node.Size(x, i + 2), node.Size(node.Output(), i + 2));
            shape[i + 2] = steps;
            var (low, high) = padded ? (-moves.Pads[i], size + moves.Pads[rank + i]) : (0, size);
            var axis = i;
            var each = Enumerable.Range(0, (int)steps).Select(step => Enumerable.Range(0, (int)moves.Kernel[axis])
                .Count(at => (step * moves.Strides[axis]) - moves.Pads[axis] + (at * moves.Dilations[axis]) is var pixel && pixel >= low && pixel < high)).ToArray();
            counts = [.. counts.SelectMany(before => each.Select(count => before * count))];
        }

        return x.Graph.Constant(Tensor.Of(Array.ConvertAll(counts, count => (float)count), shape)).Cast(x.Type);
    }
}
