namespace ModelTraining.Onnx;

/// <summary>
/// Lists of whole numbers that become a block of several dimensions and a list again, as PyTorch's export turns pads around: elements that are known stay known.
/// </summary>
internal static class BlockContents
{
    public static void Reshape(NodeShapes node)
    {
        if (Source(node) is var (elements, _)) State(node, elements.Length, at => elements[at]);
    }

    public static void Transpose(NodeShapes node)
    {
        if (Source(node) is not var (elements, from)) return;
        var permutation = node.Node.Wholes("perm") ?? [.. Enumerable.Range(0, from.Length).Reverse().Select(axis => (long)axis)];
        if (Sizes(node.Result) is not { } to) return;
        State(node, elements.Length, at =>
        {
            var places = new long[from.Length];
            foreach (var (axis, place) in Places(at, to).Index()) places[permutation[axis]] = place;
            return elements[Flat(places, from)];
        });
    }

    public static void Slice(NodeShapes node)
    {
        if (Source(node) is not var (elements, from) || Sizes(node.Result) is not { } to) return;
        if (ListContents.Numbers(node.Contents(1)) is not { } starts) return;
        var axes = node.Has(3) ? ListContents.Numbers(node.Contents(3)) : [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        var steps = node.Has(4) ? ListContents.Numbers(node.Contents(4)) : [.. starts.Select(_ => 1L)];
        if (axes is null || steps is null) return;
        State(node, (int)to.Aggregate(1L, (product, size) => product * size), at =>
        {
            var places = Places(at, to);
            for (var i = 0; i < starts.Length; i++)
            {
                var axis = axes[i] < 0 ? axes[i] + from.Length : axes[i];
                var start = starts[i] < 0 ? starts[i] + from[axis] : starts[i];
                places[axis] = Math.Clamp(start, 0, steps[i] > 0 ? from[axis] : from[axis] - 1) + (places[axis] * steps[i]);
            }

            return elements[Flat(places, from)];
        });
    }

    private static (Dimension[] Elements, long[] Sizes)? Source(NodeShapes node) =>
        (node.Contents(0) ?? node.Block(0)) is { } elements && Sizes(node[0]) is { } sizes && sizes.Aggregate(1L, (product, size) => product * size) == elements.Length ? (elements, sizes) : null;

    private static long[]? Sizes(Value? value) => value?.Shape is { } shape && shape.All(size => size.IsKnown) ? [.. shape.Select(size => size.Size)] : null;

    private static void State(NodeShapes node, int count, Func<int, Dimension> element)
    {
        if (Sizes(node.Result) is not { } sizes || sizes.Aggregate(1L, (product, size) => product * size) != count) return;
        Dimension[] elements = [.. Enumerable.Range(0, count).Select(element)];
        if (sizes.Length <= 1) node.SetContents(elements);
        else node.SetBlock(elements);
    }

    private static long[] Places(long at, long[] sizes)
    {
        var places = new long[sizes.Length];
        for (var axis = sizes.Length - 1; axis >= 0; axis--) (at, places[axis]) = (at / sizes[axis], at % sizes[axis]);
        return places;
    }

    private static long Flat(long[] places, long[] sizes)
    {
        var at = 0L;
        for (var axis = 0; axis < sizes.Length; axis++) at = (at * sizes[axis]) + places[axis];
        return at;
    }
}
