namespace ModelTraining.Onnx;

/// <summary>Carries what a window computed back to the pixels that it saw: the gradient of Conv and of average pools towards their input.</summary>
internal static class TransposedConvolution
{
    /// <summary>The gradient towards <paramref name="x"/>, given that of the output.</summary>
    public static Value Apply(Value d, Value weight, Value x, Moves moves, long groups)
    {
        var graph = d.Graph;
        var rank = moves.Rank;
        var (rest, known) = (new long[rank], true);
        for (var i = 0; i < rank; i++)
        {
            if (x.Shape![i + 2] is { IsKnown: true, Size: var size } && d.Shape![i + 2] is { IsKnown: true, Size: var steps })
            {
                // The pixels at the end that no window reached; fewer than none where the last window went beyond the pad.
                rest[i] = size - (((steps - 1) * moves.Strides[i]) + moves.Span(i) - moves.Pads[i] - moves.Pads[rank + i]);
                known &= rest[i] >= 0 && rest[i] < moves.Strides[i];
            }
            else
            {
                known = false;
            }
        }

        if (known) return Transposed(graph, d, weight, moves, groups, rest, x.Shape);

        // As many as there can be, and what is too many is cut off. Without pads at the end, so that there is enough also where a window went beyond.
        var pads = moves.Pads[..rank].Concat(new long[rank]).ToArray();
        var larger = Transposed(graph, d, weight, moves with { Pads = pads }, groups, [.. moves.Strides.Select(stride => stride - 1)], null);
        var axes = Enumerable.Range(2, rank).Select(axis => (long)axis).ToArray();
        var ends = x.Shape!.Skip(2).All(size => size.IsKnown)
            ? Emit.List(graph, [.. x.Shape!.Skip(2).Select(size => size.Size)])
            : x.ShapeOf().Slice(2, long.MaxValue, 0);
        return graph.Add("Slice", [larger, Emit.List(graph, new long[rank]), ends, Emit.List(graph, axes)], d.Type, x.Shape);
    }

    private static Value Transposed(Graph graph, Value d, Value weight, Moves moves, long groups, long[] rest, IReadOnlyList<Dimension>? shape) =>
        graph.Add("ConvTranspose", [d, weight], d.Type, shape, [.. moves.Attributes(groups), ("output_padding", rest)]);
}
