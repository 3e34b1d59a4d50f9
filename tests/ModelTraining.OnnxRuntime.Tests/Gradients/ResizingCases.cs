using ModelTraining.Onnx;
using static ModelTraining.Tests.Gradients.GradientCases;

namespace ModelTraining.Tests.Gradients;

/// <summary>Resize is linear in its input: its derivative is what it makes of a single pixel, which ONNX Runtime itself computes. See <see cref="GradientCase.Linear"/>.</summary>
internal static class ResizingCases
{
    public static IReadOnlyList<GradientCase> All { get; } =
    [
        Resize("Resize, nearest", [1, 1, 3, 3], [1, 1, 2, 2], ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")),
        Resize("Resize, nearest by half pixels", [1, 2, 4, 4], [1, 1, 0.5f, 1.5f], ("mode", "nearest")),
        Resize("Resize, linear", [1, 2, 3, 4], [1, 1, 2, 2], ("mode", "linear")),
        Resize("Resize, linear, corners aligned", [1, 1, 3, 4], [1, 1, 2, 1.5f], ("mode", "linear"), ("coordinate_transformation_mode", "align_corners")),
        Resize("Resize, linear, smaller", [1, 1, 5, 4], [1, 1, 0.6f, 0.5f], ("mode", "linear"), ("coordinate_transformation_mode", "pytorch_half_pixel")),
        Resize("Resize, cubic", [1, 1, 4, 4], [1, 1, 2, 2], ("mode", "cubic")),
        new("Resize, to sizes", [[1, 1, 2, 3]], x => Node("Resize", [x[0], null, null, List(x[0], 1, 1, 4, 5)], ("mode", "linear"))) { Since = 13, Dynamic = false, Linear = true },
        new("DepthToSpace", [[1, 8, 2, 1]], x => Node("DepthToSpace", x, ("blocksize", 2L))) { Dynamic = false },
        new("DepthToSpace, columns first", [[1, 8, 2, 1]], x => Node("DepthToSpace", x, ("blocksize", 2L), ("mode", "CRD"))) { Dynamic = false },
        new("SpaceToDepth", [[1, 2, 4, 2]], x => Node("SpaceToDepth", x, ("blocksize", 2L))) { Dynamic = false },
    ];

    private static GradientCase Resize(string name, long[] shape, float[] scales, params (string, object)[] attributes) =>
        new(name, [shape], x => Node("Resize", [x[0], x[0].Graph.Constant(Tensor.Of(Array.Empty<float>(), 0)), x[0].Graph.Constant(Tensor.Of(scales, 4))], attributes)) { Dynamic = false, Linear = true };
}
