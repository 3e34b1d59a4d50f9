using ModelTraining.Onnx;
using static ModelTraining.Torch.ScriptText;

namespace ModelTraining.Torch;

/// <summary>Convolutions of any number of dimensions.</summary>
internal static class ConvolutionScripts
{
    public static IReadOnlyList<ScriptRule> All { get; } =
    [
        new("Conv", Conv, MixedPrecision.Low),
        new("ConvTranspose", Transposed, MixedPrecision.Low),
    ];

    private static string Conv(ScriptNode node)
    {
        var (shape, kernel) = (node.Shape(0), node.Shape(1));
        var window = new Window(node.Node, shape.Length - 2);
        var pads = Enumerable.Range(0, shape.Length - 2).Select(i => window.Pads(i, shape[i + 2], kernel[i + 2])).ToArray();
        var x = node.Pixels(0);
        long[] both = [.. pads.Select(pad => pad.Begin)];
        if (pads.Any(pad => pad.Begin != pad.End || pad.Begin < 0))
        {
            x = Padded(x, pads, "0.0");
            both = new long[pads.Length];
        }

        return $"torch.convolution({x}, {node.Pixels(1)}, {node.Optional(2)}, {List(window.Strides)}, {List(both)}, {List(window.Dilations)}, False, {List(new long[pads.Length])}, {node.Whole("group", 1)})";
    }

    /// <summary>Made without pads, which are then cut off: they may differ at both ends, and be larger than libtorch would have them.</summary>
    private static string Transposed(ScriptNode node)
    {
        var (shape, kernel, result) = (node.Shape(0), node.Shape(1), node.OutputShape());
        var rank = shape.Length - 2;
        var window = new Window(node.Node, rank);
        var cut = new (long Begin, long End)[rank];
        for (var i = 0; i < rank; i++)
        {
            var full = ((shape[i + 2] - 1) * window.Strides[i]) + ((kernel[i + 2] - 1) * window.Dilations[i]) + 1;
            var surplus = full + window.OutputPadding[i] - result[i + 2];
            var begin = !window.IsSame && node.Wholes("output_shape") is null ? window.Begin[i] : window.IsLower ? surplus - (surplus / 2) : surplus / 2;
            cut[i] = (-begin, result[i + 2] - full + begin);
        }

        var y = $"torch.convolution({node.Pixels(0)}, {node.Pixels(1)}, None, {List(window.Strides)}, {List(new long[rank])}, {List(window.Dilations)}, True, {List(new long[rank])}, {node.Whole("group", 1)})";
        if (cut.Any(pad => pad != (0, 0))) y = Padded(y, cut, "0.0");
        return node.Has(2) ? $"{y} + {node.X(2)}.reshape({List([1, -1, .. Enumerable.Repeat(1L, rank)])})" : y;
    }

    /// <summary>With what is added, or cut off where it is less than 0, along the last dimensions.</summary>
    public static string Padded(string x, IEnumerable<(long Begin, long End)> pads, string value) =>
        $"torch.constant_pad_nd({x}, {List(pads.Reverse().SelectMany(pad => new[] { pad.Begin, pad.End }))}, {value})";
}
