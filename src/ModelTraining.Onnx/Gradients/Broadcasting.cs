namespace ModelTraining.Onnx;

/// <summary>
/// Brings gradients into the shape of the value that they are of. What is known of the shapes is decided here, and leaves no node behind; the rest is
/// computed when the graph runs, so that the sizes of batches and sequences may change.
/// </summary>
internal static class Broadcasting
{
    /// <summary>From this version of the default operator set ReduceSum takes axes that are computed.</summary>
    private const int ComputedAxes = 13;

    /// <summary>A gradient summed over the dimensions along which <paramref name="target"/> was repeated.</summary>
    public static Value SumTo(Value gradient, Value target)
    {
        if (gradient.Shape is not { } from) return SumWithoutRank(gradient, target);
        if (target.Shape is not { } to) return from.Count == 0 ? ReshapeTo(gradient, target) : SumWithoutRank(gradient, target);
        var leading = from.Count - to.Count;
        var axes = Enumerable.Range(0, Math.Max(leading, 0)).Select(axis => (long)axis).ToList();
        var outer = axes.Count;
        for (var axis = 0; axis < to.Count; axis++)
        {
            var (before, after) = (axis + leading < 0 ? 1 : from[axis + leading], to[axis]);
            if (after is { Size: 1 } && before is not { Size: 1 }) axes.Add(axis + leading);
            else if (!after.IsKnown && before is not { Size: 1 } && !Same(before, after)) return SumRepeats(gradient, target);
        }

        if (axes.Count == 0) return gradient;
        if (axes.Count == outer && to.Count == 1 && TrainingKernels.Take(gradient)) return gradient.Graph.Add(TrainingKernels.SumColumns, [gradient], gradient.Type, to, domain: TrainingKernels.Domain);
        if (axes.Count == outer) return gradient.ReduceSum(axes, keepDims: false);
        var kept = gradient.ReduceSum(axes);
        return leading > 0 ? ReshapeTo(kept, target) : kept;
    }

    /// <summary>The elements of <paramref name="value"/> in the shape of <paramref name="like"/>, which has as many.</summary>
    public static Value ReshapeTo(Value value, Value like)
    {
        if (value.Shape is { } from && like.Shape is { } to && SameShape(from, to)) return value;
        return value.Graph.Add("Reshape", [value, FlexibleShape(like) ?? like.ShapeOf()], value.Type, like.Shape);
    }

    /// <summary>A value repeated until it has the shape of <paramref name="like"/>.</summary>
    public static Value ExpandTo(Value value, Value like)
    {
        if (value.Shape is { } from && like.Shape is { } to)
        {
            if (SameShape(from, to)) return value;
            var target = new long[to.Count];
            var known = true;
            for (var axis = 0; axis < to.Count && known; axis++)
            {
                var fromEnd = to.Count - axis;
                if (fromEnd <= from.Count && Same(from[^fromEnd], to[axis])) target[axis] = 1; // a target of 1 keeps the size that is there
                else if (to[axis].IsKnown) target[axis] = to[axis].Size;
                else known = false;
            }

            if (known) return value.Graph.Add("Expand", [value, Emit.List(value.Graph, target)], value.Type, to);
        }

        return value.Graph.Add("Expand", [value, like.ShapeOf()], value.Type, like.Shape);
    }

    /// <summary>A tensor of the shape and type of <paramref name="like"/> that holds one number.</summary>
    public static Value Full(Value like, double number)
    {
        if (like.Shape is { Count: 0 }) return Emit.Scalar(like, number);
        var value = like.Type switch
        {
            ElementType.Double => Tensor.Of([number], 1),
            ElementType.Float16 => Tensor.Of([(Half)number], 1),
            ElementType.Int64 => Tensor.Of([(long)number], 1),
            _ => Tensor.Of([(float)number], 1),
        };
        var sizes = like.Shape is { } shape && shape.All(size => size.IsKnown) ? Emit.List(like.Graph, [.. shape.Select(size => size.Size)]) : like.ShapeOf();
        return like.Graph.Add("ConstantOfShape", [sizes], value.Type, like.Shape, [("value", value)]);
    }

    /// <summary>The number of elements of <paramref name="value"/> over that of <paramref name="part"/>, as a number of the type of <paramref name="value"/>.</summary>
    public static Value CountRatio(Value value, Value part)
    {
        var (count, partCount) = (value.Shape is null ? -1 : Shapes.Count(value.Shape), part.Shape is null ? -1 : Shapes.Count(part.Shape));
        return count > 0 && partCount > 0 ? Emit.Scalar(value, (double)(count / partCount)) : Count(value, value) / Count(part, value);
    }

    /// <summary>The number of elements of <paramref name="value"/>, as a number of the type of <paramref name="like"/>.</summary>
    public static Value Count(Value value, Value like) => value.Shape is { } shape && Shapes.Count(shape) is > 0 and var count
        ? Emit.Scalar(like, (double)count)
        : value.Graph.Add("Size", [value], ElementType.Int64, []).Cast(like.Type);

    /// <summary>Whether two sizes are certainly equal.</summary>
    public static bool Same(Dimension a, Dimension b) => a.IsKnown ? a.Size == b.Size : !b.IsKnown && a.Name is not null && a.Name == b.Name;

    /// <summary>Whether two shapes are certainly equal.</summary>
    public static bool SameShape(IReadOnlyList<Dimension> a, IReadOnlyList<Dimension> b)
    {
        if (a.Count != b.Count) return false;
        for (var axis = 0; axis < a.Count; axis++) if (!Same(a[axis], b[axis])) return false;
        return true;
    }

    /// <summary>Sums a value whose dimensions are <paramref name="repeats"/> · <paramref name="sizes"/> over the repeats. Both are lists as long as <paramref name="rank"/>.</summary>
    public static Value SumOverRepeats(Value value, Value repeats, Value sizes, int rank, IReadOnlyList<Dimension>? shape)
    {
        var pairs = Value.Concat([repeats.Unsqueeze(1), sizes.Unsqueeze(1)], 1).Reshape(2 * rank);
        var split = value.Graph.Add("Reshape", [value, pairs], value.Type, [.. Enumerable.Repeat(new Dimension(-1), 2 * rank)]);
        var sum = split.ReduceSum([.. Enumerable.Range(0, rank).Select(axis => 2L * axis)], keepDims: false);
        return shape is null ? sum : value.Graph.Add("Reshape", [sum, sizes], value.Type, shape);
    }

    /// <summary>
    /// Where a size is known only when the graph runs: a dimension of n that comes from one of m is read as n/m by m, and summed over the n/m. When both are the
    /// same, n/m is 1.
    /// </summary>
    private static Value SumRepeats(Value gradient, Value target)
    {
        var (graph, rank, leading) = (gradient.Graph, gradient.Shape!.Count, gradient.Shape!.Count - target.Shape!.Count);
        var sizes = target.ShapeOf();
        if (leading > 0) sizes = Value.Concat([Emit.List(graph, Enumerable.Repeat(1L, leading).ToArray()), sizes], 0);
        var divisor = sizes.Equal(0).Where(Emit.List(graph, [1]), sizes); // an empty batch divides by nothing
        var sum = SumOverRepeats(gradient, gradient.ShapeOf() / divisor, sizes, rank, null);
        return graph.Add("Reshape", [sum, target.ShapeOf()], gradient.Type, target.Shape);
    }

    /// <summary>Where not even the ranks are known, the axes are found when the graph runs.</summary>
    private static Value SumWithoutRank(Value gradient, Value target)
    {
        if (!Emit.Since(gradient, ComputedAxes))
        {
            throw new ModelTrainingException("MT3013", $"The gradient of '{target.Name}' needs its number of dimensions, which is not known. Export the model with its shapes, or with opset {ComputedAxes} or later.");
        }

        var graph = gradient.Graph;
        var (from, to) = (gradient.ShapeOf(), target.ShapeOf());
        var missing = graph.Add("Sub", [Length(from), Length(to)], ElementType.Int64, [1]);
        var one = Tensor.Of([1L], 1);
        var padded = graph.Add("Concat", [graph.Add("ConstantOfShape", [missing], ElementType.Int64, [new Dimension(-1)], [("value", one)]), to], ElementType.Int64, [new Dimension(-1)], [("axis", 0L)]);
        var repeated = graph.Add("Not", [graph.Add("Equal", [from, padded], ElementType.Bool, [new Dimension(-1)])], ElementType.Bool, [new Dimension(-1)]);
        var axes = graph.Add("NonZero", [repeated], ElementType.Int64, [1, new Dimension(-1)]).Squeeze(0);
        var sum = graph.Add("ReduceSum", [gradient, axes], gradient.Type, null, [("keepdims", 1L), ("noop_with_empty_axes", 1L)]);
        return graph.Add("Reshape", [sum, to], gradient.Type, target.Shape);

        static Value Length(Value list) => list.Graph.Add("Shape", [list], ElementType.Int64, [1]);
    }

    private static Value? FlexibleShape(Value like) => like.Shape is { } shape && Flexible(shape) is { } flexible ? Emit.List(like.Graph, flexible) : null;

    /// <summary>A shape with −1 for one unknown size; null when there are more, or when an empty dimension makes −1 ambiguous.</summary>
    private static long[]? Flexible(IReadOnlyList<Dimension> shape)
    {
        if (shape.Any(size => size is { Size: 0 }) || shape.Count(size => !size.IsKnown) > 1) return null;
        return [.. shape.Select(size => size.Size)];
    }
}
