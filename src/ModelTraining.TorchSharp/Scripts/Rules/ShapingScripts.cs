using ModelTraining.Onnx;
using static ModelTraining.Torch.ScriptText;

namespace ModelTraining.Torch;

/// <summary>What moves, repeats or cuts elements.</summary>
internal static class ShapingScripts
{
    private const int SizesAsInput = 11;

    public static IReadOnlyList<ScriptRule> All { get; } =
    [
        new("Concat", node => $"torch.cat({Tensors(node.All())}, {node.Whole("axis", 0)})"),
        new("ConstantOfShape", ConstantOfShape),
        new("DepthToSpace", DepthToSpace),
        new("Expand", node => $"{node.X(0)}.expand({List(node.OutputShape())})"),
        Reshaped("Flatten"), Reshaped("Reshape"), Reshaped("Squeeze"), Reshaped("Unsqueeze"),
        new("EyeLike", EyeLike),
        new("Pad", Pad),
        new("Resize", Resize, MixedPrecision.Full),
        new("Slice", Slice),
        new("SpaceToDepth", SpaceToDepth),
        new("Split", Split),
        new("Tile", node => $"{node.X(0)}.repeat({List(node.Numbers(1)!)})"),
        new("Transpose", node => $"{node.X(0)}.permute({List(node.Wholes("perm") ?? [.. Enumerable.Range(0, node.Rank(0)).Select(axis => (long)axis).Reverse()])})"),
        new("Trilu", node => $"torch.{(node.Whole("upper", 1) != 0 ? "triu" : "tril")}({node.X(0)}, {node.Numbers(1)?[0] ?? 0})"),
    ];

    private static ScriptRule Reshaped(string opType) => new(opType, node => $"{node.X(0)}.reshape({List(node.OutputShape())})");

    private static string ConstantOfShape(ScriptNode node) =>
        $"{node.Fixed(node.Node.Attributes.GetValueOrDefault("value") as Tensor ?? Tensor.Of([0f], 1))}.reshape({NoNumbers}).expand({List(node.OutputShape())})";

    private static string EyeLike(ScriptNode node)
    {
        var shape = node.OutputShape();
        var eye = new float[shape[0] * shape[1]];
        for (var row = 0L; row < shape[0]; row++) if (row + node.Whole("k", 0) is >= 0 and var column && column < shape[1]) eye[(row * shape[1]) + column] = 1;
        return $"{node.Fixed(Tensor.Of(eye, shape))}.to({Code(node.OutputType())})";
    }

    private static string DepthToSpace(ScriptNode node)
    {
        var (shape, block) = (node.Shape(0), node.Whole("blocksize", 1));
        var depth = shape[1] / (block * block);
        var (apart, order) = node.Word("mode", "DCR") == "DCR"
            ? (new[] { shape[0], block, block, depth, shape[2], shape[3] }, new long[] { 0, 3, 4, 1, 5, 2 })
            : ([shape[0], depth, block, block, shape[2], shape[3]], [0, 1, 4, 2, 5, 3]);
        return $"{node.X(0)}.reshape({List(apart)}).permute({List(order)}).reshape({List(node.OutputShape())})";
    }

    private static string SpaceToDepth(ScriptNode node)
    {
        var (shape, block) = (node.Shape(0), node.Whole("blocksize", 1));
        return $"{node.X(0)}.reshape({List([shape[0], shape[1], shape[2] / block, block, shape[3] / block, block])}).permute([0, 3, 5, 1, 2, 4]).reshape({List(node.OutputShape())})";
    }

    /// <summary>Modes other than constant pick the elements that are repeated.</summary>
    private static string Pad(ScriptNode node)
    {
        var shape = node.Shape(0);
        var given = node.Numbers("pads", 1)!;
        var axes = node.Numbers(3)?.Select(axis => (int)(axis < 0 ? axis + shape.Length : axis)).ToArray() ?? [.. Enumerable.Range(0, shape.Length)];
        var pads = new (long Begin, long End)[shape.Length];
        for (var i = 0; i < axes.Length; i++) pads[axes[i]] = (given[i], given[axes.Length + i]);
        if (node.Word("mode", "constant") != "constant") return Repeated(node, shape, pads);
        if (!node.Has(2)) return ConvolutionScripts.Padded(node.X(0), pads, "0.0");
        if (ConstantValues.Number(node.Constant(2)) is { } number) return ConvolutionScripts.Padded(node.X(0), pads, Number(number));
        var inside = ConvolutionScripts.Padded($"torch.ones_like({node.X(0)}.detach())", pads, "0.0");
        return $"{ConvolutionScripts.Padded(node.X(0), pads, "0.0")} + {node.X(2)} * (1.0 - {inside})";
    }

    private static string Repeated(ScriptNode node, long[] shape, (long Begin, long End)[] pads)
    {
        var mode = node.Word("mode", "constant");
        var x = node.X(0);
        for (var axis = 0; axis < pads.Length; axis++)
        {
            if (pads[axis] == (0, 0)) continue;
            var size = shape[axis];
            var from = Enumerable.Range(0, (int)(size + pads[axis].Begin + pads[axis].End)).Select(at => Source(mode, at - pads[axis].Begin, size)).ToArray();
            x = $"torch.index_select({x}, {axis}, {node.Fixed(Tensor.Of(from, from.Length))})";
        }

        return x;
    }

    private static long Source(string mode, long at, long size) => mode switch
    {
        "edge" => Math.Clamp(at, 0, size - 1),
        "wrap" => ((at % size) + size) % size,
        _ => size == 1 ? 0 : Reflected(((at % (2 * (size - 1))) + (2 * (size - 1))) % (2 * (size - 1)), size),
    };

    private static long Reflected(long at, long size) => at < size ? at : (2 * (size - 1)) - at;

    /// <summary>Along each axis that changes, picked elements or a product with a matrix of weights.</summary>
    private static string Resize(ScriptNode node)
    {
        if (node.Opset < SizesAsInput) throw node.Gap("before opset 11", "Export the model with opset 11 or later.");
        if (node.Whole("antialias", 0) != 0 || node.Whole("exclude_outside", 0) != 0 || node.Wholes("axes") is not null) throw node.Gap("with 'antialias', 'exclude_outside' or 'axes'", "Leave them out.");
        var (shape, result) = (node.Shape(0), node.OutputShape());
        var scales = node.Constant(2) is { Type: ElementType.Float, Count: > 0 } given ? given.Elements<float>().ToArray() : null;
        if (scales is null && !node.Has(3)) throw node.Gap("with scales that are computed when the graph runs", "Export the model with fixed scales.");
        var x = node.X(0);
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (scales is not null ? scales[axis] == 1 : shape[axis] == result[axis]) continue;
            var weights = Interpolation.Weights(node.Node, shape[axis], result[axis], scales is null ? result[axis] / (double)shape[axis] : scales[axis], node.Gap);
            var matrix = node.Fixed(Tensor.Of(weights, result[axis], shape[axis]));
            x = $"torch.matmul({x}.transpose({axis}, -1), {matrix}.t()).transpose({axis}, -1)";
        }

        return x;
    }

    private static string Slice(ScriptNode node)
    {
        var shape = node.Shape(0);
        var (starts, ends) = (node.Numbers("starts", 1)!, node.Numbers("ends", 2)!);
        var axes = node.Numbers("axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        var steps = node.Numbers(4);
        var x = node.X(0);
        for (var i = 0; i < starts.Length; i++)
        {
            var axis = (int)(axes[i] < 0 ? axes[i] + shape.Length : axes[i]);
            var places = SliceRule.Positions(shape[axis], starts[i], ends[i], steps?[i] ?? 1).Select(place => (long)place).ToArray();
            if (places.Length == shape[axis] && (steps?[i] ?? 1) == 1) continue;
            x = (steps?[i] ?? 1) > 0 && places.Length > 0
                ? $"torch.slice({x}, {axis}, {places[0]}, {places[^1] + 1}, {steps?[i] ?? 1})"
                : $"torch.index_select({x}, {axis}, {node.Fixed(Tensor.Of(places, places.Length))})";
        }

        return x;
    }

    private static string? Split(ScriptNode node)
    {
        var axis = node.Axis("axis", 0, node.Rank(0));
        var sizes = Enumerable.Range(0, node.Node.Outputs.Count).Select(output => node.OutputShape(output)[axis]).ToArray();
        var parts = node.Let($"torch.split_with_sizes({node.X(0)}, {List(sizes)}, {axis})");
        for (var i = 0; i < sizes.Length; i++) node.Set(i, node.Let($"{parts}[{i}]"));
        return null;
    }
}
