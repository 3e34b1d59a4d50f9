namespace ModelTraining.Onnx;

/// <summary>
/// The gradient of a convolution towards its weights. For each position of the kernel, the pixels that it met are one shifted slice of the padded input, and
/// its gradient is the product of that slice and the output's gradient, over all images and places: one Gemm a position (a sum of products where each
/// group has one channel). Where there are few channels, as in a first layer, the slices of all positions are stacked into one Gemm, which is then large enough
/// to be worth its start. Where the kernel moves by single pixels, see <see cref="ShiftedKernelGradient"/>.
/// </summary>
internal static class KernelGradient
{
    /// <summary>With this many channels a Gemm a position is worth its start.</summary>
    private const long FewChannels = 8;

    /// <param name="x">What the convolution took, [batch, channels, d1, ...].</param>
    /// <param name="d">The gradient of what it gave.</param>
    /// <param name="weight">The weights, [outputs, channels / groups, k1, ...].</param>
    /// <param name="moves">How the kernel moved.</param>
    /// <param name="groups">The number of groups.</param>
    public static Value Of(Value x, Value d, Value weight, Moves moves, long groups)
    {
        var graph = x.Graph;
        var (outputs, inputs) = (weight.Shape![0].Size, weight.Shape![1].Size);
        var rank = moves.Rank;
        if (groups == 1 && inputs > FewChannels && ShiftedKernelGradient.Of(x, d, weight, moves) is { } shifted) return shifted;
        var depthwise = inputs == 1 && groups > 1;
        var channelsFirst = new[] { 1L, 0 }.Concat(Enumerable.Range(2, rank).Select(axis => (long)axis)).ToArray();
        var source = depthwise ? x : x.Transpose(channelsFirst);
        var padded = moves.Pads.All(pad => pad == 0) ? source : Padded(source, moves);
        var rows = depthwise ? d : d.Transpose(channelsFirst).Reshape(groups == 1 ? [outputs, -1] : [groups, outputs / groups, -1]);

        var positions = Positions(moves.Kernel).ToList();
        if (groups == 1 && inputs <= FewChannels && positions.Count > 1)
        {
            var stack = positions.Select(position => (Value?)Shifted(padded, d, moves, position).Reshape(inputs, -1)).ToList();
            var all = graph.Add("Concat", stack, x.Type, [positions.Count * inputs, rows.Shape![1]], [("axis", 0L)]);
            return rows.Gemm(all, transposeWeight: true).Reshape(outputs, positions.Count, inputs).Transpose(0, 2, 1).Reshape([.. weight.Shape!.Select(size => size.Size)]);
        }

        var parts = positions.Select(position => Product(Shifted(padded, d, moves, position))).ToList();
        if (parts.Count == 1) return parts[0].Reshape([.. weight.Shape!.Select(size => size.Size)]);
        var columns = parts.Select(part => (Value?)part.Reshape(outputs, inputs, 1)).ToList();
        return graph.Add("Concat", columns, x.Type, [outputs, inputs, parts.Count], [("axis", 2L)]).Reshape([.. weight.Shape!.Select(size => size.Size)]);

        Value Product(Value slice)
        {
            if (depthwise)
            {
                var pixels = Enumerable.Range(2, rank).Select(axis => (long)axis).ToArray();
                if (outputs == groups) return (slice * d).ReduceSum([0, .. pixels], keepDims: false);
                var split = graph.Add("Reshape", [d, Emit.List(graph, [0, groups, outputs / groups, -1])], d.Type, [d.Shape![0], groups, outputs / groups, new Dimension(-1)]);
                var flat = graph.Add("Reshape", [slice, Emit.List(graph, [0, groups, 1, -1])], d.Type, [d.Shape![0], groups, 1, new Dimension(-1)]);
                return (split * flat).ReduceSum([0, 3], keepDims: false);
            }

            if (groups == 1) return rows.Gemm(slice.Reshape(inputs, -1), transposeWeight: true);
            return rows.MatMul(slice.Reshape(groups, inputs, -1).Transpose(0, 2, 1));
        }
    }

    private static IEnumerable<long[]> Positions(long[] kernel)
    {
        IEnumerable<long[]> positions = [[]];
        foreach (var size in kernel) positions = positions.SelectMany(position => Enumerable.Range(0, (int)size).Select(next => position.Append(next).ToArray()));
        return positions;
    }

    /// <summary>The pixels that one position of the kernel met, in the order of the output's.</summary>
    private static Value Shifted(Value padded, Value d, Moves moves, long[] position)
    {
        var (graph, rank) = (padded.Graph, moves.Rank);
        var starts = position.Select((at, i) => at * moves.Dilations[i]).ToArray();
        var axes = Enumerable.Range(2, rank).Select(axis => (long)axis).ToArray();
        Dimension[] shape = [padded.Shape![0], padded.Shape[1], .. d.Shape!.Skip(2)];
        Value ends;
        if (d.Shape!.Skip(2).All(size => size.IsKnown))
        {
            var known = starts.Select((start, i) => start + ((d.Shape![i + 2].Size - 1) * moves.Strides[i]) + 1).ToArray();
            if (Enumerable.Range(0, rank).All(i => starts[i] == 0 && moves.Strides[i] == 1 && padded.Shape[i + 2] == d.Shape![i + 2])) return padded;
            ends = Emit.List(graph, known);
        }
        else
        {
            ends = (d.ShapeOf().Slice(2, long.MaxValue, 0) * Emit.List(graph, moves.Strides)) + Emit.List(graph, [.. starts.Select((start, i) => start - moves.Strides[i] + 1)]);
        }

        return graph.Add("Slice", [padded, Emit.List(graph, starts), ends, Emit.List(graph, axes), Emit.List(graph, moves.Strides)], padded.Type, shape);
    }

    private static Value Padded(Value source, Moves moves)
    {
        var rank = moves.Rank;
        Dimension[] shape = [.. source.Shape!];
        for (var i = 0; i < rank; i++) shape[i + 2] = shape[i + 2].IsKnown ? shape[i + 2].Size + moves.Pads[i] + moves.Pads[rank + i] : new Dimension(-1);
        return source.Graph.Add("Pad", [source, Emit.List(source.Graph, [0, 0, .. moves.Pads[..rank], 0, 0, .. moves.Pads[rank..]])], source.Type, shape);
    }
}
