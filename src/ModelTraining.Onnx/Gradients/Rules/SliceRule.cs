namespace ModelTraining.Onnx;

/// <summary>
/// The gradient of Slice puts each element back in its place, axis by axis. The places are found by slicing the positions themselves: any start, end and
/// step, of either sign and beyond the bounds, is then right.
/// </summary>
internal static class SliceRule
{
    public static void Apply(NodeGradient node) => node.Give(0, () =>
    {
        var x = node.Input();
        var rank = node.Ranked(x).Count;
        var axes = node.Optional(3) is null ? Enumerable.Range(0, Count(node)).ToArray() : Axes(node, rank);
        var d = node.Gradient;
        for (var i = 0; i < axes.Length; i++) d = PutBack(node, d, x, axes[i], i);
        return d;
    });

    /// <summary>Undoes the slice of one axis. Rows that were left out become those of zeros that are added at the end.</summary>
    private static Value PutBack(NodeGradient node, Value d, Value x, int axis, int position)
    {
        var graph = node.Graph;
        var shape = d.Shape!.ToArray();
        shape[axis] = x.Shape![axis];
        if (Static(node, position) is var (start, end, step) && x.Shape[axis] is { IsKnown: true, Size: var size })
        {
            var kept = Positions(size, start, end, step);
            if (kept.Count == size && step == 1) return d;
            if (step == 1 && kept.Count > 0) return Pad(d, shape, axis, kept[0], size - kept[0] - kept.Count);
            var from = new long[size];
            Array.Fill(from, kept.Count);
            for (var i = 0; i < kept.Count; i++) from[kept[i]] = i;
            return Rows(d, Emit.List(graph, from), axis, shape);
        }

        var count = JoiningRules.SizeOf(x, axis);
        var all = Range(count);
        var places = graph.Add("Slice", [all, Pick(1), Pick(2), Emit.List(graph, [0]), node.Optional(4) is null ? Emit.List(graph, [1]) : Pick(4)], ElementType.Int64, [new Dimension(-1)]);
        var length = places.ShapeOf();
        var source = graph.Add("ScatterElements", [length.Expand(count), places, Range(length)], ElementType.Int64, [x.Shape[axis]]);
        return Rows(d, source, axis, shape);

        Value Pick(int input) => graph.Add("Gather", [node.Input(input).Cast(ElementType.Int64), Emit.List(graph, [position])], ElementType.Int64, [1]);
        Value Range(Value until) => graph.Add("Range", [graph.Constant(0L), until.Squeeze(0), graph.Constant(1L)], ElementType.Int64, [new Dimension(-1)]);
    }

    private static Value Rows(Value d, Value source, int axis, Dimension[] shape)
    {
        Dimension[] longer = [.. d.Shape!];
        longer[axis] = longer[axis].IsKnown ? longer[axis].Size + 1 : new Dimension(-1);
        return d.Graph.Add("Gather", [Pad(d, longer, axis, 0, 1), source], d.Type, shape, [("axis", (long)axis)]);
    }

    /// <summary>Zeros before and after along one axis.</summary>
    public static Value Pad(Value d, IReadOnlyList<Dimension> shape, int axis, long before, long after)
    {
        var pads = new long[2 * shape.Count];
        (pads[axis], pads[shape.Count + axis]) = (before, after);
        return d.Graph.Add("Pad", [d, Emit.List(d.Graph, pads)], d.Type, shape);
    }

    private static (long Start, long End, long Step)? Static(NodeGradient node, int position)
    {
        var (starts, ends) = (ConstantValues.Wholes(node.Constant(1)), ConstantValues.Wholes(node.Constant(2)));
        var steps = node.Optional(4) is null ? null : ConstantValues.Wholes(node.Constant(4));
        if (starts is null || ends is null || (node.Optional(4) is not null && steps is null)) return null;
        return (starts[position], ends[position], steps?[position] ?? 1);
    }

    /// <summary>The places that a slice of one axis takes.</summary>
    internal static List<int> Positions(long size, long start, long end, long step)
    {
        start = start < 0 ? start + size : start;
        end = end < 0 ? Math.Max(end, -size - 1) + size : end;
        var positions = new List<int>();
        if (step > 0) for (var i = Math.Clamp(start, 0, size); i < Math.Min(end, size); i += step) positions.Add((int)i);
        else for (var i = Math.Min(start, size - 1); i > end && i >= 0; i += step) positions.Add((int)i);
        return positions;
    }

    private static int[] Axes(NodeGradient node, int rank) =>
        [.. (ConstantValues.Wholes(node.Constant(3)) ?? throw node.Unsupported("along axes that are computed", "Make the axes constant.")).Select(axis => Shapes.Axis("Slice", node.Input(), axis, rank))];

    private static int Count(NodeGradient node) => node.Input(1).Shape is [{ IsKnown: true, Size: var count }]
        ? (int)count
        : throw node.Unsupported("for a number of starts that is not known", "Make the starts constant.");
}
