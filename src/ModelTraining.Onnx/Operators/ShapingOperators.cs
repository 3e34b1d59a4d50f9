namespace ModelTraining.Onnx;

/// <summary>Operators that move elements, or name them anew, without computing. They take every element type.</summary>
public static class ShapingOperators
{
    /// <param name="value">What is given another shape or type.</param>
    extension(Value value)
    {
        /// <summary>The same value under another name.</summary>
        public Value Identity() => Emit.Unary("Identity", value);

        /// <summary>
        /// The elements as another type. Floats are cut towards zero on their way to integers, and are not 0 to be true; text is parsed, and numbers are
        /// written as text.
        /// </summary>
        public Value Cast(ElementType type) => value.Type == type ? value : value.Graph.Add("Cast", [value], type, value.Shape, [("to", (long)type)]);

        /// <summary>The shape as a list of Int64.</summary>
        public Value ShapeOf() => value.Graph.Add("Shape", [value], ElementType.Int64, [value.Shape is { } shape ? shape.Count : new Dimension(-1)]);

        /// <summary>The elements in another shape; −1, at most once, stands for what is left over, 0 for the size that stood there.</summary>
        /// <exception cref="ModelTrainingException">MT3100: the shape holds another number of elements.</exception>
        public Value Reshape(params long[] shape)
        {
            ArgumentNullException.ThrowIfNull(shape);
            return value.Graph.Add("Reshape", [value, Emit.List(value.Graph, shape)], value.Type, Reshaped(value, shape));
        }

        /// <summary>The elements in a shape that is computed: a list of Int64.</summary>
        public Value Reshape(Value shape)
        {
            Emit.Require("Reshape", shape, ElementType.Int64);
            return value.Graph.Add("Reshape", [value, shape], value.Type, Unnamed(shape));
        }

        /// <summary>Repeated along dimensions of size 1 until the shape is <paramref name="shape"/>, or what both broadcast to.</summary>
        /// <exception cref="ModelTrainingException">MT3100: the shapes do not broadcast.</exception>
        public Value Expand(params long[] shape)
        {
            ArgumentNullException.ThrowIfNull(shape);
            var target = Emit.List(value.Graph, shape);
            var like = new Value(value.Graph, "shape", value.Type, [.. shape.Select(Dimension.FromInt64)]);
            return value.Graph.Add("Expand", [value, target], value.Type, Shapes.Broadcast("Expand", value, like));
        }

        /// <summary>Repeated along dimensions of size 1 until the shape is one that is computed: a list of Int64.</summary>
        public Value Expand(Value shape)
        {
            Emit.Require("Expand", shape, ElementType.Int64);
            return value.Graph.Add("Expand", [value, shape], value.Type);
        }

        /// <summary>The dimensions in another order; without <paramref name="permutation"/>, reversed.</summary>
        /// <exception cref="ModelTrainingException">MT3102: <paramref name="permutation"/> does not name each axis once.</exception>
        public Value Transpose(params long[] permutation)
        {
            ArgumentNullException.ThrowIfNull(permutation);
            if (permutation.Length == 0) return value.Graph.Add("Transpose", [value], value.Type, value.Shape?.Reverse().ToArray());
            if (!permutation.Order().SequenceEqual(Enumerable.Range(0, value.Shape?.Count ?? permutation.Length).Select(axis => (long)axis)))
            {
                throw new ModelTrainingException("MT3102", $"Transpose by [{string.Join(", ", permutation)}] does not name each axis of {value} once. Give all axes, from 0.");
            }

            return value.Graph.Add("Transpose", [value], value.Type, value.Shape is { } shape ? [.. permutation.Select(axis => shape[(int)axis])] : null, [("perm", permutation)]);
        }

        /// <summary>With dimensions of size 1 at <paramref name="axes"/> of the result.</summary>
        /// <exception cref="ModelTrainingException">MT3102: there is no such axis.</exception>
        public Value Unsqueeze(params long[] axes)
        {
            ArgumentNullException.ThrowIfNull(axes);
            Dimension[]? result = null;
            if (value.Shape is { } shape)
            {
                result = new Dimension[shape.Count + axes.Length];
                var added = new bool[result.Length];
                foreach (var axis in axes) added[Shapes.Axis("Unsqueeze", value, axis, result.Length)] = true;
                for (int i = 0, from = 0; i < result.Length; i++) result[i] = added[i] ? 1 : shape[from++];
            }

            return WithAxes("Unsqueeze", value, axes, result);
        }

        /// <summary>Without the dimensions at <paramref name="axes"/>, which have size 1.</summary>
        /// <exception cref="ModelTrainingException">MT3102: there is no such axis. MT3100: its size is not 1.</exception>
        public Value Squeeze(params long[] axes)
        {
            ArgumentNullException.ThrowIfNull(axes);
            if (value.Shape is { } shape && axes.Any(axis => shape[Shapes.Axis("Squeeze", value, axis, shape.Count)] is { IsKnown: true, Size: not 1 }))
            {
                throw Shapes.Mismatch("Squeeze", $"have sizes other than 1 at [{string.Join(", ", axes)}]", [value]);
            }

            return WithAxes("Squeeze", value, axes, Shapes.Reduce("Squeeze", value, axes, keepDims: false));
        }

        /// <summary>The elements at <paramref name="indices"/> (Int64 or Int32, negative from the end) along an axis, whose place the indices' dimensions take.</summary>
        /// <exception cref="ModelTrainingException">MT3102: there is no such axis.</exception>
        public Value Gather(Value indices, long axis = 0)
        {
            Emit.Require("Gather", indices, ElementType.Int64, ElementType.Int32);
            Dimension[]? result = null;
            if (value.Shape is { } shape)
            {
                var at = Shapes.Axis("Gather", value, axis, shape.Count);
                if (indices.Shape is { } places) result = [.. shape.Take(at), .. places, .. shape.Skip(at + 1)];
            }

            return value.Graph.Add("Gather", [value, indices], value.Type, result, [("axis", axis)]);
        }

        /// <summary>The elements from <paramref name="start"/> up to, not including, <paramref name="end"/> along an axis; negative positions count from the end.</summary>
        /// <exception cref="ModelTrainingException">MT3102: there is no such axis.</exception>
        public Value Slice(long start, long end, long axis, long step = 1)
        {
            ArgumentOutOfRangeException.ThrowIfZero(step);
            Dimension[]? result = null;
            if (value.Shape is { } shape)
            {
                result = [.. shape];
                ref var sliced = ref result[Shapes.Axis("Slice", value, axis, shape.Count)];
                sliced = sliced.IsKnown ? Sliced(sliced.Size, start, end, step) : new Dimension(-1);
            }

            var graph = value.Graph;
            return graph.Add("Slice", [value, Emit.List(graph, [start]), Emit.List(graph, [end]), Emit.List(graph, [axis]), Emit.List(graph, [step])], value.Type, result);
        }

        /// <summary>The parts of <paramref name="sizes"/> elements each along an axis.</summary>
        /// <exception cref="ModelTrainingException">MT3102: there is no such axis. MT3100: the sizes do not add up.</exception>
        public IReadOnlyList<Value> Split(long axis, params long[] sizes)
        {
            ArgumentNullException.ThrowIfNull(sizes);
            var parts = new (ElementType, IReadOnlyList<Dimension>?)[sizes.Length];
            for (var i = 0; i < sizes.Length; i++)
            {
                if (value.Shape is not { } shape)
                {
                    parts[i] = (value.Type, null);
                    continue;
                }

                Dimension[] part = [.. shape];
                var at = Shapes.Axis("Split", value, axis, shape.Count);
                if (shape[at].IsKnown && shape[at].Size != sizes.Sum()) throw Shapes.Mismatch("Split", $"are not the sum of [{string.Join(", ", sizes)}]", [value]);
                part[at] = sizes[i];
                parts[i] = (value.Type, part);
            }

            return Emit.Since(value, Emit.AxesAsInput)
                ? value.Graph.Add("Split", [value, Emit.List(value.Graph, sizes)], parts, [("axis", axis)])
                : value.Graph.Add("Split", [value], parts, [("axis", axis), ("split", sizes)]);
        }

        /// <summary>Values of one type side by side along an axis; their other dimensions are equal.</summary>
        /// <param name="values">At least one.</param>
        /// <param name="axis">The axis; may count from the end.</param>
        /// <exception cref="ModelTrainingException">MT3100: the other dimensions differ. MT3101: the types differ. MT3102: there is no such axis.</exception>
        public static Value Concat(IReadOnlyList<Value> values, long axis)
        {
            ArgumentNullException.ThrowIfNull(values);
            ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
            Dimension[]? result = values[0].Shape?.ToArray();
            foreach (var next in values.Skip(1))
            {
                Emit.CommonType("Concat", values[0], next);
                if (result is null || next.Shape is not { } shape)
                {
                    result = null;
                    continue;
                }

                if (shape.Count != result.Length) throw Shapes.Mismatch("Concat", "differ in rank", [values[0], next]);
                var at = Shapes.Axis("Concat", next, axis, result.Length);
                for (var i = 0; i < result.Length; i++)
                {
                    if (i == at) result[i] = result[i].IsKnown && shape[i].IsKnown ? result[i].Size + shape[i].Size : new Dimension(-1);
                    else if (!Shapes.TryEqual(result[i], shape[i], out result[i])) throw Shapes.Mismatch("Concat", $"differ beside axis {axis}", [values[0], next]);
                }
            }

            return values[0].Graph.Add("Concat", [.. values], values[0].Type, result, [("axis", axis)]);
        }
    }

    private static Value WithAxes(string opType, Value value, long[] axes, IReadOnlyList<Dimension>? shape) => Emit.Since(value, Emit.AxesAsInput)
        ? value.Graph.Add(opType, [value, Emit.List(value.Graph, axes)], value.Type, shape)
        : value.Graph.Add(opType, [value], value.Type, shape, [("axes", axes)]);

    private static Dimension[] Reshaped(Value value, long[] shape)
    {
        var result = new Dimension[shape.Length];
        for (var i = 0; i < shape.Length; i++)
        {
            result[i] = shape[i] > 0 ? shape[i] : shape[i] == 0 && value.Shape is { } old && i < old.Count ? old[i] : new Dimension(-1);
        }

        var count = value.Shape is null ? -1 : Shapes.Count(value.Shape);
        var rest = Array.IndexOf(shape, -1);
        var given = Shapes.Count(result.Where((_, i) => i != rest));
        if (rest >= 0 && value.Shape?.Where(dimension => !dimension.IsKnown).ToArray() is [var open] && given == Shapes.Count(value.Shape.Where(dimension => dimension.IsKnown))) result[rest] = open;
        if (count < 0 || given < 0) return result;
        if (rest < 0 ? given != count : given == 0 || count % given != 0)
        {
            throw new ModelTrainingException("MT3100", $"Reshape cannot give {value} the shape [{string.Join(", ", shape)}]: it has {count} elements. Choose sizes whose product that is.");
        }

        if (rest >= 0) result[rest] = count / given;
        return result;
    }

    private static Dimension[]? Unnamed(Value shape) => shape.Shape is [{ IsKnown: true, Size: <= 64 } rank] ? [.. Enumerable.Repeat(new Dimension(-1), (int)rank.Size)] : null;

    internal static Dimension Sliced(long size, long start, long end, long step)
    {
        var (low, high) = step > 0 ? (0L, size) : (-1L, size - 1);
        var from = Math.Clamp(start < 0 ? start + size : start, step > 0 ? 0 : -1, high);
        var to = Math.Clamp(end < 0 ? end + size : end, low, high);
        var span = step > 0 ? to - from : from - to;
        var stride = Math.Abs(step);
        return span <= 0 ? 0 : (span + stride - 1) / stride;
    }
}
