namespace ModelTraining.Onnx;

/// <summary>Shapes of operators that move, pick or reduce elements.</summary>
internal static class MovingShapes
{
    private static readonly Dimension Unknown = new(-1);

    public static void Cast(NodeShapes node)
    {
        node.Set(0, (ElementType)node.Node.Whole("to", 0), node[0]?.Shape);
        var to = (ElementType)node.Node.Whole("to", 0);
        if (to is ElementType.Int64 or ElementType.Int32) node.SetContents(node.Contents(0));
        if (to == ElementType.Bool && ListContents.Numbers(node.Contents(0)) is { } numbers) node.SetContents([.. numbers.Select(number => (Dimension)(number == 0 ? 0 : 1))]);
    }

    public static void Dropout(NodeShapes node)
    {
        node.Set(0, TypeOf(node), node[0]?.Shape);
        node.Set(1, ElementType.Bool, node[0]?.Shape);
    }

    public static void Reduce(NodeShapes node)
    {
        if (node[0] is not { } x) return;
        var axes = node.Numbers("axes", 1);
        var empty = axes is { Length: 0 } || (axes is null && !node.Has(1));
        var shape = (empty, node.Node.Whole("noop_with_empty_axes", 0) != 0) switch
        {
            (true, true) => x.Shape,
            (true, false) => Shapes.Reduce(node.Node.OpType, x, null, node.Node.Whole("keepdims", 1) != 0),
            _ when axes is not null => Shapes.Reduce(node.Node.OpType, x, axes, node.Node.Whole("keepdims", 1) != 0),
            _ when node.Node.Whole("keepdims", 1) != 0 && x.Shape is { } from => [.. from.Select(_ => Unknown)],
            _ => null,
        };
        node.Set(0, x.Type, shape);
    }

    public static void Position(NodeShapes node)
    {
        if (node[0] is { } x) node.Set(0, ElementType.Int64, Shapes.Reduce(node.Node.OpType, x, [node.Node.Whole("axis", 0)], node.Node.Whole("keepdims", 1) != 0));
    }

    public static void Reshape(NodeShapes node)
    {
        if (node[0] is not { } x) return;
        node.SetContents(node.Contents(0) is { Length: 1 } one ? one : null);
        var target = node.Contents(1);
        if (target is null)
        {
            node.Set(0, x.Type, node[1]?.Shape is [{ IsKnown: true, Size: <= 64 and var rank }] ? [.. Enumerable.Repeat(Unknown, (int)rank)] : null);
            return;
        }

        var copies = node.Node.Whole("allowzero", 0) == 0;
        var shape = target.Select((size, i) => size is { Size: 0 } && copies && x.Shape is { } from && i < from.Count ? from[i] : ContentRules.Size(size)).ToArray();
        var rest = Array.FindIndex(target, size => size.Size == -1 && ListContents.IsNumber(size));
        if (x.Shape is { } known)
        {
            // What is left over is what the sizes that stand on one side only make up; names count as their own factors.
            var (left, given) = (known.ToList(), shape.Where((_, i) => i != rest).ToList());
            foreach (var size in shape.Where((size, i) => i != rest && (size.IsKnown || size.Name is not null))) if (left.Remove(size)) given.Remove(size);
            if (rest >= 0 && given.All(size => size.IsKnown) && given.Aggregate(1L, (product, size) => product * size.Size) is > 0 and var divisor)
            {
                if (left.All(size => size.IsKnown))
                {
                    var product = left.Aggregate(1L, (product, size) => product * size.Size);
                    if (product % divisor != 0) throw Misfit(x, target);
                    shape[rest] = product / divisor;
                }
                else if (divisor == 1 && left.Where(size => !size.IsKnown).ToArray() is [var open] && left.All(size => !size.IsKnown || size.Size == 1))
                {
                    shape[rest] = open;
                }
            }

            if (rest < 0 && Shapes.Count(known) is >= 0 and var count && Shapes.Count(shape) is >= 0 and var wanted && count != wanted) throw Misfit(x, target);
        }

        node.Set(0, x.Type, shape);
    }

    public static void Flatten(NodeShapes node)
    {
        if (node[0] is not { } x) return;
        if (x.Shape is not { } shape)
        {
            node.Set(0, x.Type, [Unknown, Unknown]);
            return;
        }

        var axis = (int)node.Node.Whole("axis", 1);
        if (axis < 0) axis += shape.Count;
        node.Set(0, x.Type, [Product(shape.Take(axis)), Product(shape.Skip(axis))]);
    }

    public static void Transpose(NodeShapes node)
    {
        if (node[0] is not { } x) return;
        if (x.Shape is { } shape && node.Node.Wholes("perm") is { } permutation)
        {
            if (!permutation.Order().SequenceEqual(Enumerable.Range(0, shape.Count).Select(axis => (long)axis))) throw new ModelTrainingException("MT3102", $"Transpose by [{string.Join(", ", permutation)}] does not name each axis of {x} once. Give all axes, from 0.");
            node.Set(0, x.Type, [.. permutation.Select(axis => shape[(int)axis])]);
        }
        else
        {
            node.Set(0, x.Type, x.Shape?.Reverse().ToArray());
        }
    }

    public static void Squeeze(NodeShapes node)
    {
        if (node[0] is not { } x) return;
        node.SetContents(node.Contents(0));
        if (node.Numbers("axes", 1) is { } axes) node.Set(0, x.Type, Shapes.Reduce("Squeeze", x, axes, keepDims: false));
        else node.Set(0, x.Type, !node.Has(1) && x.Shape is { } shape && shape.All(size => size.IsKnown) ? [.. shape.Where(size => size.Size != 1)] : null);
    }

    public static void Unsqueeze(NodeShapes node)
    {
        if (node[0] is not { } x) return;
        node.SetContents(x.Shape is { Count: 0 } ? node.Contents(0) : null);
        if (node.Numbers("axes", 1) is not { } axes || x.Shape is not { } shape)
        {
            node.Set(0, x.Type, null);
            return;
        }

        var result = new Dimension[shape.Count + axes.Length];
        var added = new bool[result.Length];
        foreach (var axis in axes) added[Shapes.Axis("Unsqueeze", x, axis, result.Length)] = true;
        for (int i = 0, from = 0; i < result.Length; i++) result[i] = added[i] ? 1 : shape[from++];
        node.Set(0, x.Type, result);
    }

    public static void Concat(NodeShapes node)
    {
        if (node.Inputs is not [var first, ..] inputs) return;
        var axis = node.Node.Whole("axis", 0);
        if (inputs.All(input => input.Shape is { Count: 1 }) && Enumerable.Range(0, inputs.Length).Select(node.Contents).ToArray() is var contents && contents.All(content => content is not null))
        {
            node.SetContents([.. contents.SelectMany(content => content!)]);
        }

        if (inputs.Any(input => input.Shape is null))
        {
            node.Set(0, first.Type, null);
            return;
        }

        Dimension[] result = [.. first.Shape!];
        var at = Shapes.Axis("Concat", first, axis, result.Length);
        foreach (var next in inputs.Skip(1))
        {
            if (next.Shape!.Count != result.Length) throw Shapes.Mismatch("Concat", "differ in rank", [first, next]);
            for (var i = 0; i < result.Length; i++)
            {
                if (i == at) result[i] = result[i].IsKnown && next.Shape[i].IsKnown ? result[i].Size + next.Shape[i].Size : Unknown;
                else if (!Shapes.TryEqual(result[i], next.Shape[i], out result[i])) throw Shapes.Mismatch("Concat", $"differ beside axis {axis}", [first, next]);
            }
        }

        node.Set(0, first.Type, result);
    }

    public static void Split(NodeShapes node)
    {
        if (node[0] is not { } x) return;
        var sizes = node.Numbers("split", 1);
        for (var i = 0; i < node.Node.Outputs.Count; i++)
        {
            Dimension[]? part = x.Shape is { } shape ? [.. shape] : null;
            if (part is not null)
            {
                var axis = Shapes.Axis("Split", x, node.Node.Whole("axis", 0), part.Length);
                var parts = node.Node.Outputs.Count;
                var each = part[axis].IsKnown ? (part[axis].Size + parts - 1) / parts : -1;
                part[axis] = sizes is not null && i < sizes.Length ? sizes[i] : node.Has(1) || each < 0 ? Unknown : Math.Min(each, part[axis].Size - (i * each));
            }

            node.Set(i, x.Type, part);
        }
    }

    public static void Slice(NodeShapes node)
    {
        if (node[0] is not { } x) return;
        if (x.Shape is not { } shape)
        {
            node.Set(0, x.Type, null);
            return;
        }

        Dimension[] result = [.. shape];
        var (starts, ends, steps) = (node.Contents(1), node.Contents(2), node.Contents(4));
        var axes = node.Has(3) ? ListContents.Numbers(node.Contents(3)) : starts is null ? null : [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        if (axes is null)
        {
            Array.Fill(result, Unknown);
        }
        else
        {
            for (var i = 0; i < axes.Length; i++)
            {
                var axis = Shapes.Axis("Slice", x, axes[i], shape.Count);
                var numbers = ListContents.Numbers([starts?[i] ?? Unknown, ends?[i] ?? Unknown, node.Has(4) ? steps?[i] ?? Unknown : 1]);
                if (numbers is [0, >= int.MaxValue, 1]) continue;
                result[axis] = numbers is [var start, var end, not 0 and var step] && shape[axis].IsKnown ? ShapingOperators.Sliced(shape[axis].Size, start, end, step) : Unknown;
                if (shape.Count == 1 && node.Contents(0) is { } contents && numbers is [_, _, 1])
                {
                    var from = (int)Math.Clamp(numbers[0] < 0 ? numbers[0] + contents.Length : numbers[0], 0, contents.Length);
                    var until = (int)Math.Clamp(numbers[1] < 0 ? numbers[1] + contents.Length : numbers[1], from, contents.Length);
                    node.SetContents(contents[from..until]);
                }
            }
        }

        node.Set(0, x.Type, result);
    }

    public static void Gather(NodeShapes node)
    {
        if (node[0] is not { } x || node[1] is not { } indices) return;
        if (node.Contents(0) is { } contents && ListContents.Numbers(node.Contents(1)) is { } places && places.All(place => place >= -contents.Length && place < contents.Length))
        {
            node.SetContents([.. places.Select(place => contents[place < 0 ? place + contents.Length : place])]);
        }

        if (x.Shape is not { } shape || indices.Shape is not { } picked)
        {
            node.Set(0, x.Type, null);
            return;
        }

        var axis = Shapes.Axis("Gather", x, node.Node.Whole("axis", 0), shape.Count);
        node.Set(0, x.Type, [.. shape.Take(axis), .. picked, .. shape.Skip(axis + 1)]);
    }

    public static void GatherND(NodeShapes node)
    {
        var batch = (int)node.Node.Whole("batch_dims", 0);
        node.Set(0, TypeOf(node), node[0]?.Shape is { } shape && node[1]?.Shape is { Count: > 0 } places && places[^1] is { IsKnown: true, Size: var depth }
            ? [.. places.SkipLast(1), .. shape.Skip(batch + (int)depth)]
            : null);
    }

    public static void Expand(NodeShapes node)
    {
        if (node[0] is not { } x) return;
        var target = node.Contents(1);
        var like = new Value(x.Graph, "shape", x.Type, target is not null ? [.. target.Select(ContentRules.Size)]
            : node[1]?.Shape is [{ IsKnown: true, Size: <= 64 and var rank }] ? [.. Enumerable.Repeat(Unknown, (int)rank)] : null);
        node.Set(0, x.Type, Shapes.Broadcast("Expand", x, like));
    }

    public static void Tile(NodeShapes node)
    {
        if (node[0] is not { } x) return;
        var repeats = node.Contents(1);
        node.Set(0, x.Type, x.Shape is { } shape ? [.. shape.Select((size, i) => repeats?[i] is { IsKnown: true } times && (size.IsKnown || times.Size == 1) ? (size.IsKnown ? size.Size * times.Size : size) : Unknown)] : null);
    }

    public static void Pad(NodeShapes node)
    {
        if (node[0] is not { } x) return;
        if (x.Shape is not { } shape)
        {
            node.Set(0, x.Type, null);
            return;
        }

        var pads = node.Numbers("pads", 1);
        var axes = node.Has(3) ? ListContents.Numbers(node.Contents(3)) : [.. Enumerable.Range(0, shape.Count).Select(axis => (long)axis)];
        Dimension[] result = [.. shape];
        if (pads is null || axes is null) Array.Fill(result, Unknown);
        else
        {
            for (var i = 0; i < axes.Length; i++)
            {
                var axis = Shapes.Axis("Pad", x, axes[i], shape.Count);
                var added = pads[i] + pads[axes.Length + i];
                if (added != 0) result[axis] = result[axis].IsKnown ? result[axis].Size + added : Unknown;
            }
        }

        node.Set(0, x.Type, result);
    }

    public static void OneHot(NodeShapes node)
    {
        Dimension[]? result = null;
        if (node[0]?.Shape is { } shape)
        {
            var axis = Shapes.Axis("OneHot", node[0]!, node.Node.Whole("axis", -1), shape.Count + 1);
            result = [.. shape.Take(axis), node.Contents(1) is [var depth] ? ContentRules.Size(depth) : Unknown, .. shape.Skip(axis)];
        }

        node.Set(0, node[2]?.Type ?? ElementType.Undefined, result);
    }

    public static void TopK(NodeShapes node)
    {
        Dimension[]? result = null;
        if (node[0]?.Shape is { } shape)
        {
            result = [.. shape];
            result[Shapes.Axis("TopK", node[0]!, node.Node.Whole("axis", -1), shape.Count)] = node.Contents(1) is [var count] ? ContentRules.Size(count) : Unknown;
        }

        node.Set(0, TypeOf(node), result);
        node.Set(1, ElementType.Int64, result);
    }

    /// <summary>From the scales, which are floats, or from the sizes.</summary>
    public static void Resize(NodeShapes node)
    {
        if (node[0] is not { Shape: { } shape } x) return;
        Dimension[]? result = [.. shape.Select(_ => Unknown)];
        if (node.Has(3) && node.Contents(3) is { } sizes && sizes.Length == shape.Count) result = [.. sizes.Select(ContentRules.Size)];
        else if (!node.Has(3) && node.Has(2) && ConstantValues.Find(x.Graph, node.Node.Inputs[2]) is { Type: ElementType.Float } scales && scales.Count == shape.Count)
        {
            var factors = scales.Elements<float>().ToArray();
            result = [.. shape.Select((size, i) => size.IsKnown ? (long)Math.Floor(size.Size * (double)factors[i]) : factors[i] == 1 ? size : Unknown)];
        }

        node.Set(0, x.Type, result);
    }

    private static ElementType TypeOf(NodeShapes node) => node[0]?.Type ?? ElementType.Undefined;

    private static Dimension Product(IEnumerable<Dimension> sizes)
    {
        var open = sizes.Where(size => !size.IsKnown).ToArray();
        var known = sizes.Where(size => size.IsKnown).Aggregate(1L, (product, size) => product * size.Size);
        return open.Length == 0 ? known : open.Length == 1 && known == 1 ? open[0] : Unknown;
    }

    private static ModelTrainingException Misfit(Value x, Dimension[] target) => new(
        "MT3100", $"Reshape cannot give {x} the shape [{string.Join(", ", target.Select(size => size.Size))}]: the number of elements differs. Choose sizes whose product it is.");
}
