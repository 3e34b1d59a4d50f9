namespace ModelTraining.Onnx;

/// <summary>Gradients of pools.</summary>
internal static class PoolRules
{
    private const int ScatterSums = 16;

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

    /// <summary>To the pixel that was the largest of its window, which the operator's second output names.</summary>
    public static void Max(NodeGradient node) => node.Give(0, () =>
    {
        var (x, d) = (node.Input(), node.Gradient);
        if (node.Whole("storage_order", 0) != 0) throw node.Unsupported("with 'storage_order' 1", "Use 0.");
        var moves = Moves.Of(node, x, node.Wholes("kernel_shape") ?? []);
        var places = node.Output(1, _ => (ElementType.Int64, d.Shape));
        var count = x.Graph.Add("Size", [x], ElementType.Int64, []).Unsqueeze(0);
        var zeros = x.Graph.Add("ConstantOfShape", [count], d.Type, [new Dimension(-1)], [("value", d.Type == ElementType.Double ? Tensor.Of([0.0], 1) : Tensor.Of([0f], 1))]);
        var apart = Enumerable.Range(0, moves.Rank).Select(i => (moves.Span(i) + moves.Strides[i] - 1) / moves.Strides[i]).ToArray();
        Value sum;
        if (apart.All(windows => windows == 1)) sum = Scatter(zeros, places, d);
        else if (node.Since(ScatterSums)) sum = Scatter(zeros, places, d, ("reduction", "add"));
        else
        {
            // Windows far enough from each other share no pixel, so that each such set can be put in place without sums.
            var parts = Offsets(apart).Select(offset => Scatter(zeros, Each(places, offset, apart), Each(d, offset, apart))).ToList();
            sum = x.Graph.Add("Sum", [.. parts], d.Type, zeros.Shape);
        }

        return Broadcasting.ReshapeTo(sum, x);
    });

    public static void GlobalAverage(NodeGradient node) => node.Give(0, () => Broadcasting.ExpandTo(node.Gradient / Broadcasting.CountRatio(node.Input(), node.Output()), node.Input()));

    /// <summary>Equal pixels share.</summary>
    public static void GlobalMax(NodeGradient node) => node.Give(0, () =>
    {
        var (x, y) = (node.Input(), node.Output());
        var mask = x.Equal(y).Cast(x.Type);
        return mask * (node.Gradient / mask.ReduceSum([.. Enumerable.Range(2, node.Ranked(x).Count - 2).Select(axis => (long)axis)]));
    });

    private static Value Scatter(Value zeros, Value places, Value d, params (string, object)[] attributes) =>
        zeros.Graph.Add("ScatterElements", [zeros, places.Reshape(-1), d.Reshape(-1)], d.Type, zeros.Shape, [("axis", 0L), .. attributes]);

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
