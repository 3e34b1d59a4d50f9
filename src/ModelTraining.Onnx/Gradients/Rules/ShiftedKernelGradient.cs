namespace ModelTraining.Onnx;

/// <summary>
/// The gradient of a convolution with strides of 1 towards its weights. What position (i, j) of the kernel met is the input shifted by j along all dimensions but the
/// first, times the output's gradient shifted by i along the first. The gradients of all i are stacked, so a kernel of h by w takes h + w copies, not h · w,
/// and w products instead of h · w small ones.
/// </summary>
internal static class ShiftedKernelGradient
{
    /// <returns>Null where strides are not 1, a size is known only when the graph runs, or a position meets nothing but pads.</returns>
    public static Value? Of(Value x, Value d, Value weight, Moves moves)
    {
        var rank = moves.Rank;
        if (moves.Strides.Any(stride => stride != 1) || x.Shape!.Skip(2).Concat(d.Shape!.Skip(2)).Any(size => !size.IsKnown)) return null;
        long[] before = [.. x.Shape!.Skip(2).Select(size => size.Size)], after = [.. d.Shape!.Skip(2).Select(size => size.Size)];
        var (outputs, inputs) = (weight.Shape![0].Size, weight.Shape[1].Size);
        var rest = moves.Kernel[1..];
        var positions = rest.Aggregate(1L, (product, size) => product * size);
        var pixels = before[0] * after[1..].Aggregate(1L, (product, size) => product * size);
        for (var i = 0; i < rank; i++)
        {
            var (from, to) = i == 0 ? (after[0], before[0]) : (before[i], after[i]);
            for (var at = 0; at < moves.Kernel[i]; at++)
            {
                var front = Before(moves, i, at);
                if (front <= -from || to - front <= 0) return null;
            }
        }

        // A product an image, all summed, against one product of the transposed: by which moves fewer numbers.
        var stacked = moves.Kernel[0] * outputs;
        var perImage = stacked * inputs * positions <= (outputs + inputs) * pixels;
        long[] channelsFirst = [1, 0, .. Enumerable.Range(2, rank).Select(axis => (long)axis)];
        var (source, gradient, channels) = perImage ? (x, d, 1) : (x.Transpose(channelsFirst), d.Transpose(channelsFirst), 0);
        Value?[] shifted = [.. Enumerable.Range(0, (int)moves.Kernel[0]).Select(at => Shifted(gradient, [(0, at)]))];
        Dimension[] shape = [.. gradient.Shape!];
        (shape[channels], shape[2]) = (stacked, before[0]);
        var rows = Flat(shifted.Length == 1 ? shifted[0]! : d.Graph.Add("Concat", shifted, d.Type, shape, [("axis", (long)channels)]), stacked);
        Value?[] parts = [.. Enumerable.Range(0, (int)positions).Select(position => (Value?)Product(Flat(Shifted(source, Places(position)), inputs)).Reshape(moves.Kernel[0], outputs, inputs, 1))];
        var all = parts.Length == 1 ? parts[0]! : d.Graph.Add("Concat", parts, d.Type, [moves.Kernel[0], outputs, inputs, positions], [("axis", 3L)]);
        return all.Transpose(1, 2, 0, 3).Reshape([.. weight.Shape.Select(size => size.Size)]);

        Value Flat(Value value, long count) => perImage ? value.Reshape(-1, count, pixels) : value.Reshape(count, -1);

        Value Product(Value columns) => perImage ? rows.MatMul(columns.Transpose(0, 2, 1)).ReduceSum([0], keepDims: false) : rows.Gemm(columns, transposeWeight: true);

        IReadOnlyList<(int Axis, int At)> Places(int position)
        {
            var places = new List<(int, int)>();
            for (var i = rank - 1; i > 0; position /= (int)moves.Kernel[i--]) places.Add((i, position % (int)moves.Kernel[i]));
            return places;
        }

        Value Shifted(Value value, IReadOnlyList<(int Axis, int At)> places)
        {
            var pads = new long[2 * (rank + 2)];
            Dimension[] sizes = [.. value.Shape!];
            foreach (var (i, at) in places)
            {
                var size = i == 0 ? before[0] : after[i];
                pads[i + 2] = Before(moves, i, at);
                pads[rank + 2 + i + 2] = size - sizes[i + 2].Size - pads[i + 2];
                sizes[i + 2] = size;
            }

            return pads.All(pad => pad == 0) ? value : value.Graph.Add("Pad", [value, Emit.List(value.Graph, pads)], value.Type, sizes);
        }
    }

    /// <summary>The zeros that go before, where less than 0 what is cut off: of the gradient along the first dimension, of the input along the others.</summary>
    private static long Before(Moves moves, int i, int at)
    {
        var shift = (at * moves.Dilations[i]) - moves.Pads[i];
        return i == 0 ? shift : -shift;
    }
}
