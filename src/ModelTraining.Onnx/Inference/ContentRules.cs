namespace ModelTraining.Onnx;

/// <summary>Operators that make lists of whole numbers, as exports use them to compute shapes.</summary>
internal static class ContentRules
{
    private static readonly Dimension Unknown = new(-1);

    public static void Constant(NodeShapes node)
    {
        if (ConstantValues.Of(node.Node) is not { } tensor) return;
        node.Set(0, tensor.Type, [.. tensor.Shape.ToArray().Select(Dimension.FromInt64)]);
        node.SetContents(ListContents.Of(tensor));
    }

    public static void Shape(NodeShapes node)
    {
        var shape = node[0]?.Shape;
        if (shape is not null)
        {
            var start = Place(node.Node.Whole("start", 0));
            shape = [.. shape.Skip(start).Take(Place(node.Node.Whole("end", shape.Count)) - start)];
            node.SetContents([.. shape]);
        }

        node.Set(0, ElementType.Int64, [shape is null ? Unknown : shape.Count]);

        int Place(long at) => (int)Math.Clamp(at < 0 ? at + shape.Count : at, 0, shape.Count);
    }

    public static void Size(NodeShapes node)
    {
        node.Set(0, ElementType.Int64, []);
        if (node[0]?.Shape is { } shape && Shapes.Count(shape) is >= 0 and var count) node.SetContents([count]);
    }

    /// <summary>Comparisons, and what connects them: truths are the whole numbers 0 and 1.</summary>
    public static void Condition(NodeShapes node)
    {
        ShapeRules.Broadcast(node, ElementType.Bool);
        if (ListContents.Numbers(node.Contents(0)) is not { } a || ListContents.Numbers(node.Contents(1)) is not { } b || (a.Length != b.Length && a.Length != 1 && b.Length != 1)) return;
        var length = a.Length == 1 ? b.Length : a.Length;
        node.SetContents([.. Enumerable.Range(0, length).Select(i => (Dimension)(Holds(node.Node.OpType, a[a.Length == 1 ? 0 : i], b[b.Length == 1 ? 0 : i]) ? 1 : 0))]);
    }

    public static void ConstantOfShape(NodeShapes node)
    {
        var value = node.Node.Attributes.GetValueOrDefault("value") as Tensor ?? Tensor.Of([0f], 1);
        var sizes = node.Contents(0);
        Dimension[]? shape = sizes is not null ? [.. sizes.Select(Size)] : node[0]?.Shape is [{ IsKnown: true, Size: <= 64 and var rank }] ? [.. Enumerable.Repeat(Unknown, (int)rank)] : null;
        node.Set(0, value.Type, shape);
        if (shape is [{ IsKnown: true, Size: <= 64 and var length }] && ConstantValues.Wholes(value) is [var element]) node.SetContents([.. Enumerable.Repeat(ListContents.Element(element), (int)length)]);
    }

    public static void Range(NodeShapes node)
    {
        var length = Unknown;
        if (ListContents.Numbers(node.Contents(0)) is [var start] && ListContents.Numbers(node.Contents(1)) is [var limit] && ListContents.Numbers(node.Contents(2)) is [not 0 and var delta])
        {
            length = Math.Max((limit - start + delta + (delta > 0 ? -1 : 1)) / delta, 0);
            if (length.Size <= 64) node.SetContents([.. Enumerable.Range(0, (int)length.Size).Select(i => ListContents.Element(start + (i * delta)))]);
        }
        else if (node.Contents(0) is [{ Size: 0 }] && node.Contents(2) is [{ Size: 1 }] && node.Contents(1) is [var until])
        {
            length = Size(until);
        }

        node.Set(0, node[0]?.Type ?? ElementType.Undefined, [length]);
    }

    public static void Where(NodeShapes node)
    {
        ShapeRules.Broadcast(node, node[1] is { } value ? value.Type : ElementType.Undefined);
        if (node.Contents(1) is { } whenTrue && node.Contents(2) is { } whenFalse && whenTrue.Length == whenFalse.Length)
        {
            node.SetContents([.. whenTrue.Zip(whenFalse, (a, b) => a == b ? a : Unknown)]);
        }
    }

    public static void Arithmetic(NodeShapes node)
    {
        if (node.Inputs is not [var first, ..] inputs)
        {
            return;
        }

        var type = inputs.Skip(1).Aggregate(first.Type, (known, input) => known == ElementType.Undefined ? input.Type : Emit.CommonType(node.Node.OpType, first, input));
        node.Set(0, type, Shapes.Broadcast(node.Node.OpType, inputs));
        if (inputs.Length != 2 || node.Contents(0) is not { } a || node.Contents(1) is not { } b) return;
        var length = Math.Max(a.Length, b.Length);
        if ((a.Length != length && a.Length != 1) || (b.Length != length && b.Length != 1)) return;
        node.SetContents([.. Enumerable.Range(0, length).Select(i => Compute(node.Node.OpType, a[a.Length == 1 ? 0 : i], b[b.Length == 1 ? 0 : i]))]);
    }

    /// <summary>A dimension for what may be any number.</summary>
    public static Dimension Size(Dimension element) => element.IsKnown || !ListContents.IsNumber(element) ? element : Unknown;

    private static bool Holds(string opType, long a, long b) => opType switch
    {
        "Equal" => a == b,
        "Greater" => a > b,
        "GreaterOrEqual" => a >= b,
        "Less" => a < b,
        "LessOrEqual" => a <= b,
        "And" => a + b == 2,
        "Or" => a + b > 0,
        _ => a != b,
    };

    private static Dimension Compute(string opType, Dimension a, Dimension b)
    {
        if (!ListContents.IsNumber(a) || !ListContents.IsNumber(b))
        {
            return (opType, a, b) switch
            {
                ("Mul" or "Div", _, { Size: 1 }) => a,
                ("Mul", { Size: 1 }, _) => b,
                ("Add" or "Sub", _, { Size: 0 }) => a,
                ("Add", { Size: 0 }, _) => b,
                _ => Unknown,
            };
        }

        return opType switch
        {
            "Add" => ListContents.Element(a.Size + b.Size),
            "Sub" => ListContents.Element(a.Size - b.Size),
            "Mul" => ListContents.Element(a.Size * b.Size),
            "Div" when b.Size != 0 => ListContents.Element(a.Size / b.Size),
            "Max" => ListContents.Element(Math.Max(a.Size, b.Size)),
            "Min" => ListContents.Element(Math.Min(a.Size, b.Size)),
            _ => Unknown,
        };
    }
}
