namespace ModelTraining.Onnx;

/// <summary>What can be said of the shape of an operator's output before the graph runs. A shape that is null, or a dimension without size or name, is not known.</summary>
internal static class Shapes
{
    private static readonly Dimension Unknown = new(-1);

    /// <summary>Shapes side by side under ONNX's (NumPy's) broadcasting.</summary>
    /// <exception cref="ModelTrainingException">MT3100: two known sizes differ and neither is 1.</exception>
    public static IReadOnlyList<Dimension>? Broadcast(string opType, params ReadOnlySpan<Value> values)
    {
        Dimension[]? result = [];
        foreach (var value in values)
        {
            if (value.Shape is not { } shape) return null;
            var wider = new Dimension[Math.Max(result.Length, shape.Count)];
            for (var fromEnd = 1; fromEnd <= wider.Length; fromEnd++)
            {
                var a = fromEnd <= result.Length ? result[^fromEnd] : 1;
                var b = fromEnd <= shape.Count ? shape[^fromEnd] : 1;
                if (!TryBroadcast(a, b, out wider[^fromEnd])) throw Mismatch(opType, "do not broadcast", values);
            }

            result = wider;
        }

        return result;
    }

    /// <summary>One dimension for two that must be equal, as the inner ones of a matrix product.</summary>
    public static bool TryEqual(Dimension a, Dimension b, out Dimension result)
    {
        result = a.IsKnown || (a.Name is not null && !b.IsKnown) ? a : b;
        return !a.IsKnown || !b.IsKnown || a.Size == b.Size;
    }

    /// <summary>Whether two shapes are the same as far as they are known.</summary>
    public static bool MayEqual(IEnumerable<Dimension> a, IEnumerable<Dimension> b) => a.Count() == b.Count() && a.Zip(b).All(pair => TryEqual(pair.First, pair.Second, out _));

    /// <summary>The axis counted from the front.</summary>
    /// <exception cref="ModelTrainingException">MT3102: there is no such axis.</exception>
    public static int Axis(string opType, Value value, long axis, int rank)
    {
        if (axis < -rank || axis >= rank) throw new ModelTrainingException("MT3102", $"{opType} has no axis {axis} in {value}. Choose one in [{-rank}, {rank - 1}].");
        return (int)(axis < 0 ? axis + rank : axis);
    }

    /// <summary>The number of elements, −1 when not known.</summary>
    public static long Count(IEnumerable<Dimension> shape)
    {
        var count = 1L;
        foreach (var dimension in shape)
        {
            if (!dimension.IsKnown) return -1;
            count = checked(count * dimension.Size);
        }

        return count;
    }

    /// <summary>The shape without, or with sizes of 1 at, <paramref name="axes"/>; all axes when null.</summary>
    public static IReadOnlyList<Dimension>? Reduce(string opType, Value value, IReadOnlyList<long>? axes, bool keepDims)
    {
        if (value.Shape is not { } shape) return null;
        var reduced = new bool[shape.Count];
        if (axes is null) Array.Fill(reduced, true);
        else foreach (var axis in axes) reduced[Axis(opType, value, axis, shape.Count)] = true;
        var result = new List<Dimension>(shape.Count);
        for (var i = 0; i < shape.Count; i++)
        {
            if (!reduced[i]) result.Add(shape[i]);
            else if (keepDims) result.Add(1);
        }

        return result;
    }

    /// <summary>The shape of a matrix product, whose leading dimensions broadcast.</summary>
    /// <exception cref="ModelTrainingException">MT3100: the inner sizes differ.</exception>
    public static IReadOnlyList<Dimension>? MatMul(Value a, Value b)
    {
        if (a.Shape is not { } left || b.Shape is not { } right) return null;
        if (left.Count == 0 || right.Count == 0) throw Mismatch("MatMul", "need at least one dimension each", [a, b]);
        if (!TryEqual(left[^1], right.Count == 1 ? right[0] : right[^2], out _)) throw Mismatch("MatMul", "differ in the inner dimension", [a, b]);
        var result = new List<Dimension>();
        var (batchA, batchB) = (Math.Max(left.Count - 2, 0), Math.Max(right.Count - 2, 0));
        for (var fromEnd = Math.Max(batchA, batchB); fromEnd > 0; fromEnd--)
        {
            var sizeA = fromEnd <= batchA ? left[batchA - fromEnd] : 1;
            var sizeB = fromEnd <= batchB ? right[batchB - fromEnd] : 1;
            if (!TryBroadcast(sizeA, sizeB, out var size)) throw Mismatch("MatMul", "do not broadcast", [a, b]);
            result.Add(size);
        }

        if (left.Count > 1) result.Add(left[^2]);
        if (right.Count > 1) result.Add(right[^1]);
        return result;
    }

    /// <summary>The error that shapes do not fit, naming all of them.</summary>
    public static ModelTrainingException Mismatch(string opType, string problem, ReadOnlySpan<Value> values)
    {
        var named = new List<string>();
        foreach (var value in values) named.Add(value.ToString());
        return new ModelTrainingException("MT3100", $"The shapes given to {opType} {problem}: {string.Join(" and ", named)}. Reshape, or transpose, one of them.");
    }

    private static bool TryBroadcast(Dimension a, Dimension b, out Dimension result)
    {
        result = Unknown;
        if (a is { Size: 1 }) result = b;
        else if (b is { Size: 1 }) result = a;
        else if (a.IsKnown && b.IsKnown) return (result = a).Size == b.Size;
        else if (a.IsKnown || b.IsKnown) result = a.IsKnown ? a : b;
        else if (a.Name is not null && a.Name == b.Name) result = a;
        return true;
    }
}
