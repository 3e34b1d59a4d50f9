namespace ModelTraining.Onnx;

/// <summary>Shapes of convolutions and pools over [batch, channels, d1, ...].</summary>
internal static class WindowShapes
{
    private static readonly Dimension Unknown = new(-1);

    public static void Conv(NodeShapes node)
    {
        if (node[0] is not { } x || node[1] is not { } weight) return;
        if (x.Shape is not { } shape || weight.Shape is not { } kernel)
        {
            node.Set(0, x.Type, null);
            return;
        }

        if (shape.Count != kernel.Count || shape.Count < 3) throw Shapes.Mismatch("Conv", "differ in rank, or have no spatial dimension", [x, weight]);
        var groups = node.Node.Whole("group", 1);
        if (shape[1].IsKnown && kernel[1].IsKnown && shape[1].Size != kernel[1].Size * groups) throw Shapes.Mismatch("Conv", $"differ in the channels, of {groups} groups", [x, weight]);
        node.Set(0, x.Type, [shape[0], kernel[0], .. Windows(node, x, shape, [.. kernel.Skip(2)], false)]);
    }

    public static void ConvTranspose(NodeShapes node)
    {
        if (node[0] is not { } x || node[1] is not { } weight) return;
        if (x.Shape is not { } shape || weight.Shape is not { } kernel)
        {
            node.Set(0, x.Type, null);
            return;
        }

        if (shape.Count != kernel.Count || shape.Count < 3) throw Shapes.Mismatch("ConvTranspose", "differ in rank, or have no spatial dimension", [x, weight]);
        if (!Shapes.TryEqual(shape[1], kernel[0], out _)) throw Shapes.Mismatch("ConvTranspose", "differ in the channels", [x, weight]);
        var window = new Window(node.Node, shape.Count - 2);
        var given = node.Node.Wholes("output_shape");
        var sizes = new Dimension[shape.Count - 2];
        for (var i = 0; i < sizes.Length; i++)
        {
            var (size, length) = (shape[i + 2], kernel[i + 2]);
            if (given is not null) sizes[i] = given[given.Length - sizes.Length + i];
            else if (!size.IsKnown || !length.IsKnown) sizes[i] = Unknown;
            else if (window.IsSame) sizes[i] = size.Size * window.Strides[i];
            else
            {
                var output = ((size.Size - 1) * window.Strides[i]) + window.OutputPadding[i] + ((length.Size - 1) * window.Dilations[i]) + 1 - window.Begin[i] - window.End[i];
                if (output <= 0) throw Shapes.Mismatch("ConvTranspose", $"leave nothing: pads cut dimension {i + 2} off", [x, weight]);
                sizes[i] = output;
            }
        }

        node.Set(0, x.Type, [shape[0], kernel[1].IsKnown ? kernel[1].Size * node.Node.Whole("group", 1) : Unknown, .. sizes]);
    }

    public static void Pool(NodeShapes node)
    {
        if (node[0] is not { } x) return;
        var kernel = node.Node.Wholes("kernel_shape") ?? [];
        IReadOnlyList<Dimension>? shape = x.Shape is { } from && from.Count == kernel.Length + 2
            ? [from[0], from[1], .. Windows(node, x, from, [.. kernel.Select(Dimension.FromInt64)], node.Node.Whole("ceil_mode", 0) != 0)]
            : null;
        node.Set(0, x.Type, shape);
        node.Set(1, ElementType.Int64, shape);
    }

    public static void Global(NodeShapes node)
    {
        if (node[0] is { } x) node.Set(0, x.Type, x.Shape is { } shape ? [.. shape.Select((size, i) => i < 2 ? size : 1)] : null);
    }

    public static void DepthToSpace(NodeShapes node)
    {
        if (node[0] is not { } x) return;
        var block = node.Node.Whole("blocksize", 1);
        node.Set(0, x.Type, x.Shape is [var batch, var channels, var height, var width] ? [batch, Times(channels, 1, block * block), Times(height, block, 1), Times(width, block, 1)] : null);
    }

    public static void SpaceToDepth(NodeShapes node)
    {
        if (node[0] is not { } x) return;
        var block = node.Node.Whole("blocksize", 1);
        node.Set(0, x.Type, x.Shape is [var batch, var channels, var height, var width] ? [batch, Times(channels, block * block, 1), Times(height, 1, block), Times(width, 1, block)] : null);
    }

    private static Dimension Times(Dimension size, long factor, long divisor) => size.IsKnown ? size.Size * factor / divisor : Unknown;

    private static Dimension[] Windows(NodeShapes node, Value x, IReadOnlyList<Dimension> shape, Dimension[] kernel, bool ceil)
    {
        var window = new Window(node.Node, kernel.Length);
        var sizes = new Dimension[kernel.Length];
        for (var i = 0; i < sizes.Length; i++)
        {
            var size = shape[i + 2];
            sizes[i] = size.IsKnown && kernel[i].IsKnown ? window.Output(i, size.Size, kernel[i].Size, ceil) : Unknown;
            if (sizes[i] is { Size: 0 }) throw Shapes.Mismatch(node.Node.OpType, $"leave nothing: a window of {kernel[i]} is larger than dimension {i + 2}", [x]);
        }

        return sizes;
    }
}
