using ModelTraining.Onnx;
using static ModelTraining.Torch.ScriptText;

namespace ModelTraining.Torch;

/// <summary>Pools of one to three dimensions.</summary>
internal static class PoolScripts
{
    public static IReadOnlyList<ScriptRule> All { get; } =
    [
        new("AveragePool", Average),
        new("MaxPool", Max),
        new("GlobalAveragePool", node => $"torch.mean({node.X(0)}, {List(Pixels(node))}, True)", MixedPrecision.Full),
        new("GlobalMaxPool", node => $"torch.amax({node.X(0)}, {List(Pixels(node))}, True)"),
    ];

    private static IEnumerable<long> Pixels(ScriptNode node) => Enumerable.Range(2, node.Rank(0) - 2).Select(axis => (long)axis);

    private static string Max(ScriptNode node)
    {
        if (node.Gives(1)) throw node.Gap("with the places of the largest elements as an output", "Leave the second output out.");
        var (window, kernel, _) = Begin(node);
        var pads = Pads(node, window, kernel);
        var plain = pads.Select((pad, i) => (pad, i)).All(each => each.pad.Begin == each.pad.End && each.pad.Begin >= 0 && each.pad.Begin <= kernel[each.i] / 2);
        var x = plain ? node.X(0) : ConvolutionScripts.Padded(node.X(0), pads, "float('-inf')");
        return $"torch.max_pool{kernel.Length}d({x}, {List(kernel)}, {List(window.Strides)}, {List(plain ? pads.Select(pad => pad.Begin) : new long[kernel.Length])}, {List(window.Dilations)}, False)";
    }

    /// <summary>Pads are added before; where they do not count, what they have brought down is put right by the number of elements that each window has seen.</summary>
    private static string Average(ScriptNode node)
    {
        var (window, kernel, shape) = Begin(node);
        if (window.Dilations.Any(dilation => dilation != 1)) throw node.Gap("with dilations", "Use 1.");
        var pads = Pads(node, window, kernel);
        var padded = pads.Any(pad => pad != (0, 0));
        var x = padded ? ConvolutionScripts.Padded(node.X(0), pads, "0.0") : node.X(0);
        var y = $"torch.avg_pool{kernel.Length}d({x}, {List(kernel)}, {List(window.Strides)}, {List(new long[kernel.Length])}, False, True)";
        if (!padded) return y;
        var result = node.OutputShape();
        var counts = Enumerable.Range(0, kernel.Length).Select(i => Counts(node, window, i, shape[i + 2], kernel[i], result[i + 2])).ToArray();
        if (counts.Select((each, i) => each.All(count => count == kernel[i])).All(full => full)) return y;
        for (var i = 0; i < counts.Length; i++)
        {
            var factors = counts[i].Select(count => kernel[i] / (float)count).ToArray();
            y = $"{y} * {node.Fixed(Tensor.Of(factors, [factors.Length, .. Enumerable.Repeat(1L, counts.Length - 1 - i)]))}";
        }

        return y;
    }

    /// <summary>How many elements each window sees along one dimension.</summary>
    private static long[] Counts(ScriptNode node, Window window, int i, long size, long kernel, long outputs)
    {
        var (before, after) = node.Whole("count_include_pad", 0) != 0 ? window.Pads(i, size, kernel) : (0, 0);
        var begin = window.Pads(i, size, kernel).Begin;
        return [.. Enumerable.Range(0, (int)outputs).Select(at =>
        {
            var from = (at * window.Strides[i]) - begin;
            return Math.Min(from + kernel, size + after) - Math.Max(from, -before);
        })];
    }

    private static (Window Window, long[] Kernel, long[] Shape) Begin(ScriptNode node)
    {
        var shape = node.Shape(0);
        if (shape.Length is < 3 or > 5) throw node.Gap($"over {shape.Length - 2} dimensions", "Use 1 to 3.");
        return (new Window(node.Node, shape.Length - 2), node.Wholes("kernel_shape")!, shape);
    }

    /// <summary>The pads with which the output has its size without rounding up.</summary>
    private static (long Begin, long End)[] Pads(ScriptNode node, Window window, long[] kernel)
    {
        var (shape, result) = (node.Shape(0), node.OutputShape());
        return [.. kernel.Select((size, i) =>
        {
            var (begin, end) = window.Pads(i, shape[i + 2], size);
            var needed = ((result[i + 2] - 1) * window.Strides[i]) + ((size - 1) * window.Dilations[i]) + 1 - shape[i + 2] - begin;
            return (begin, Math.Max(end, needed));
        })];
    }
}
