using ModelTraining.Onnx;
using static ModelTraining.Tests.Gradients.GradientCases;

namespace ModelTraining.Tests.Gradients;

internal static class ConvolutionCases
{
    public static IReadOnlyList<GradientCase> All { get; } =
    [
        Conv("Conv", [2, 3, 4, 5], [2, 3, 3, 3], new([2, 3, 4, 5], [3, 3]) { Begin = [1, 1], End = [1, 1] }, ("pads", new long[] { 1, 1, 1, 1 })),
        Conv("Conv, without pads", [1, 2, 4, 4], [3, 2, 2, 3], new([1, 2, 4, 4], [2, 3])),
        Conv("Conv, of many channels", [2, 9, 3, 4], [2, 9, 2, 3], new([2, 9, 3, 4], [2, 3]) { Strides = [1, 2], Begin = [0, 1], End = [0, 1] }, ("strides", new long[] { 1, 2 }), ("pads", new long[] { 0, 1, 0, 1 })),
        Conv("Conv, of many channels, in groups", [1, 20, 3, 3], [2, 10, 2, 2], new([1, 20, 3, 3], [2, 2]) { Groups = 2 }, ("group", 2L)),
        Conv("Conv, of many channels, of large images", [2, 9, 6, 7], [2, 9, 3, 3], new([2, 9, 6, 7], [3, 3]) { Begin = [1, 1], End = [1, 1] }, ("pads", new long[] { 1, 1, 1, 1 })),
        Conv("Conv, of many channels, of small images", [2, 9, 3, 4], [4, 9, 3, 2], new([2, 9, 3, 4], [3, 2]) { Begin = [1, 1], End = [1, 0] }, ("pads", new long[] { 1, 1, 1, 0 })),
        Conv("Conv, of many channels, dilated, without pads", [1, 9, 5, 6], [2, 9, 2, 3], new([1, 9, 5, 6], [2, 3]) { Dilations = [3, 2] }, ("dilations", new long[] { 3, 2 })),
        Conv("Conv, of many channels, pads wider than the kernel", [1, 9, 2, 2], [2, 9, 2, 2], new([1, 9, 2, 2], [2, 2]) { Begin = [3, 3], End = [3, 3] }, ("pads", new long[] { 3, 3, 3, 3 })),
        Conv("Conv, of a signal of many channels", [2, 9, 5], [2, 9, 3], new([2, 9, 1, 5], [1, 3]) { Begin = [0, 1], End = [0, 1] }, ("pads", new long[] { 1, 1 })),
        Conv("Conv, of one pixel", [2, 3, 2, 2], [4, 3, 1, 1], new([2, 3, 2, 2], [1, 1])),
        Conv("Conv, uneven pads", [1, 2, 3, 4], [2, 2, 2, 2], new([1, 2, 3, 4], [2, 2]) { Begin = [1, 0], End = [0, 1] }, ("pads", new long[] { 1, 0, 0, 1 })),
        Conv("Conv, pads wider than the kernel", [1, 1, 3, 3], [2, 1, 2, 2], new([1, 1, 3, 3], [2, 2]) { Begin = [2, 2], End = [2, 2] }, ("pads", new long[] { 2, 2, 2, 2 })),
        Conv("Conv, strides", [1, 2, 6, 5], [3, 2, 3, 2], new([1, 2, 6, 5], [3, 2]) { Strides = [2, 2], Begin = [1, 1], End = [1, 1] }, ("strides", new long[] { 2, 2 }), ("pads", new long[] { 1, 1, 1, 1 })),
        Conv("Conv, strides that leave pixels out", [1, 1, 6, 7], [2, 1, 1, 1], new([1, 1, 6, 7], [1, 1]) { Strides = [2, 3] }, ("strides", new long[] { 2, 3 })),
        Conv("Conv, dilated", [1, 2, 6, 6], [2, 2, 2, 3], new([1, 2, 6, 6], [2, 3]) { Dilations = [2, 2], Begin = [1, 2], End = [1, 2] }, ("dilations", new long[] { 2, 2 }), ("pads", new long[] { 1, 2, 1, 2 })),
        Conv("Conv, in groups", [2, 4, 3, 3], [6, 2, 2, 2], new([2, 4, 3, 3], [2, 2]) { Groups = 2 }, ("group", 2L)),
        Conv("Conv, in groups with strides", [1, 4, 5, 5], [4, 2, 3, 3], new([1, 4, 5, 5], [3, 3]) { Groups = 2, Strides = [2, 2] }, ("group", 2L), ("strides", new long[] { 2, 2 })),
        Conv("Conv, depthwise", [2, 3, 4, 4], [3, 1, 3, 3], new([2, 3, 4, 4], [3, 3]) { Groups = 3, Begin = [1, 1], End = [1, 1] }, ("group", 3L), ("pads", new long[] { 1, 1, 1, 1 })),
        Conv("Conv, depthwise, two for each", [1, 2, 4, 4], [4, 1, 2, 2], new([1, 2, 4, 4], [2, 2]) { Groups = 2, Strides = [2, 2] }, ("group", 2L), ("strides", new long[] { 2, 2 })),
        Conv("Conv, same upper", [1, 2, 5, 4], [2, 2, 3, 2], new([1, 2, 5, 4], [3, 2]) { Strides = [2, 1], Begin = [1, 0], End = [1, 1] }, ("auto_pad", "SAME_UPPER"), ("strides", new long[] { 2, 1 })) with { Dynamic = false },
        Conv("Conv, same lower", [1, 1, 4, 4], [2, 1, 2, 2], new([1, 1, 4, 4], [2, 2]) { Begin = [1, 1] }, ("auto_pad", "SAME_LOWER")) with { Dynamic = false },
        Conv("Conv, of a signal", [2, 3, 7], [2, 3, 3], new([2, 3, 1, 7], [1, 3]) { Strides = [1, 2], Begin = [0, 2], End = [0, 0] }, ("pads", new long[] { 2, 0 }), ("strides", new long[] { 2 })),
        new("Conv, with a bias", [[2, 2, 3, 3], [3, 2, 2, 2], [3]], x => Node("Conv", x)) { Weights = true, Reference = x => new Windows([2, 2, 3, 3], [2, 2]).Conv(x[0], x[1], x[2]) },
        new("ConvTranspose", [[1, 2, 3, 3], [2, 3, 2, 2], [3]], x => Node("ConvTranspose", x, ("strides", new long[] { 2, 2 })))
        {
            Weights = true, Reference = x => new Windows([1, 3, 6, 6], [2, 2]) { Strides = [2, 2], Output = [3, 3] }.ConvTranspose(x[0], x[1], x[2]),
        },
        new("ConvTranspose, pads and a rest", [[2, 2, 3, 2], [2, 2, 3, 3]], x => Node("ConvTranspose", x, ("strides", new long[] { 2, 2 }), ("pads", new long[] { 1, 1, 1, 1 }), ("output_padding", new long[] { 1, 0 })))
        {
            Weights = true, Reference = x => new Windows([2, 2, 6, 3], [3, 3]) { Strides = [2, 2], Begin = [1, 1], End = [1, 1], Output = [3, 2] }.ConvTranspose(x[0], x[1]),
        },
        new("ConvTranspose, in groups, dilated", [[1, 4, 3, 3], [4, 2, 2, 2]], x => Node("ConvTranspose", x, ("group", 2L), ("dilations", new long[] { 2, 1 })))
        {
            Weights = true, Reference = x => new Windows([1, 4, 5, 4], [2, 2]) { Groups = 2, Dilations = [2, 1], Output = [3, 3] }.ConvTranspose(x[0], x[1]),
        },
        new("ConvTranspose, of a signal", [[1, 2, 4], [2, 1, 3]], x => Node("ConvTranspose", x, ("strides", new long[] { 2 })))
        {
            Weights = true, Reference = x => new Windows([1, 1, 1, 9], [1, 3]) { Strides = [1, 2], Output = [1, 4] }.ConvTranspose(x[0], x[1]),
        },
        new("ConvTranspose, same upper", [[1, 1, 3, 3], [1, 2, 3, 3]], x => Node("ConvTranspose", x, ("strides", new long[] { 2, 2 }), ("auto_pad", "SAME_UPPER")))
        {
            Weights = true, Dynamic = false, Reference = x => new Windows([1, 2, 6, 6], [3, 3]) { Strides = [2, 2], Begin = [0, 0], End = [1, 1], Output = [3, 3] }.ConvTranspose(x[0], x[1]),
        },
        Pool("MaxPool", [2, 2, 4, 4], new([2, 2, 4, 4], [2, 2]) { Strides = [2, 2] }, ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 })),
        Pool("MaxPool, overlapping", [1, 2, 5, 5], new([1, 2, 5, 5], [3, 3]) { Strides = [2, 2], Begin = [1, 1], End = [1, 1] }, ("kernel_shape", new long[] { 3, 3 }), ("strides", new long[] { 2, 2 }), ("pads", new long[] { 1, 1, 1, 1 })),
        Pool("MaxPool, dilated, not beyond", [1, 1, 6, 6], new([1, 1, 6, 6], [2, 2]) { Dilations = [2, 3] }, ("kernel_shape", new long[] { 2, 2 }), ("dilations", new long[] { 2, 3 })),
        Pool("MaxPool, rounded up", [1, 1, 5, 5], new([1, 1, 5, 5], [2, 2]) { Strides = [2, 2], Output = [3, 3] }, ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }), ("ceil_mode", 1L)),
        Pool("MaxPool, of a signal", [2, 2, 6], new([2, 2, 1, 6], [1, 3]) { Strides = [1, 2] }, ("kernel_shape", new long[] { 3 }), ("strides", new long[] { 2 })),
        Pool("AveragePool", [2, 2, 4, 4], new([2, 2, 4, 4], [2, 2]) { Strides = [2, 2] }, ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 })),
        Pool("AveragePool, overlapping", [1, 2, 5, 4], new([1, 2, 5, 4], [3, 2]), ("kernel_shape", new long[] { 3, 2 })),
        Pool("AveragePool, pads that do not count", [1, 2, 5, 5], new([1, 2, 5, 5], [3, 3]) { Strides = [2, 2], Begin = [1, 1], End = [1, 1] }, ("kernel_shape", new long[] { 3, 3 }), ("strides", new long[] { 2, 2 }), ("pads", new long[] { 1, 1, 1, 1 })) with { Dynamic = false },
        Pool("AveragePool, pads that count", [1, 2, 4, 4], new([1, 2, 4, 4], [3, 3]) { Strides = [2, 2], Begin = [1, 1], End = [1, 1] }, ("kernel_shape", new long[] { 3, 3 }), ("strides", new long[] { 2, 2 }), ("pads", new long[] { 1, 1, 1, 1 }), ("count_include_pad", 1L)),
        Pool("AveragePool, rounded up", [1, 1, 5, 5], new([1, 1, 5, 5], [2, 2]) { Strides = [2, 2], Output = [3, 3] }, ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }), ("ceil_mode", 1L)) with { Dynamic = false, Since = 19 },
        Pool("AveragePool, of a signal", [2, 2, 6], new([2, 2, 1, 6], [1, 2]) { Strides = [1, 2] }, ("kernel_shape", new long[] { 2 }), ("strides", new long[] { 2 })),
        new("GlobalAveragePool", [[2, 2, 2, 3]], x => Node("GlobalAveragePool", x)) { Reference = x => new Windows([2, 2, 2, 3], [2, 3]).Pool(x[0], pixels => pixels.Average()) },
        new("GlobalMaxPool", [[2, 2, 2, 3]], x => Node("GlobalMaxPool", x)) { Reference = x => new Windows([2, 2, 2, 3], [2, 3]).Pool(x[0], pixels => pixels.Max()) },
    ];

    private static GradientCase Conv(string name, long[] x, long[] weight, Windows windows, params (string, object)[] attributes) =>
        new(name, [x, weight], values => Node("Conv", values, attributes)) { Weights = true, Reference = values => windows.Conv(values[0], values[1]) };

    private static GradientCase Pool(string name, long[] x, Windows windows, params (string Name, object)[] attributes)
    {
        var counts = attributes.Any(attribute => attribute.Name == "count_include_pad");
        return new(name, [x], values => Node(name.Split(',')[0], values, attributes))
        {
            Reference = values => windows.Pool(values[0], name.StartsWith("MaxPool", StringComparison.Ordinal) ? pixels => pixels.Max()
                : pixels => pixels.Sum() / (counts ? windows.Kernel[0] * windows.Kernel[1] : pixels.Length)),
        };
    }
}
