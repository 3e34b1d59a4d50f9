namespace ModelTraining.Onnx;

/// <summary>The weights by which Resize makes each pixel of its output, along one axis, from those of its input, as the specification of the operator has them.</summary>
internal static class Interpolation
{
    /// <param name="node">The Resize.</param>
    /// <param name="input">The size of its input along the axis.</param>
    /// <param name="output">The size of its output along the axis.</param>
    /// <param name="scale">The scale.</param>
    /// <param name="unsupported">Makes the error of a mode that is not known: what it is, and what helps.</param>
    public static float[] Weights(Node node, long input, long output, double scale, Func<string, string, Exception> unsupported)
    {
        var weights = new float[output * input];
        for (var to = 0L; to < output; to++)
        {
            var from = Source(node, to, input, output, scale, unsupported);
            foreach (var (at, weight) in Taps(node, from, input, unsupported)) weights[(to * input) + Math.Clamp(at, 0, input - 1)] += (float)weight;
        }

        return weights;
    }

    private static double Source(Node node, long to, long input, long output, double scale, Func<string, string, Exception> unsupported) => node.Word("coordinate_transformation_mode", "half_pixel") switch
    {
        "half_pixel" => ((to + 0.5) / scale) - 0.5,
        "pytorch_half_pixel" => output > 1 ? ((to + 0.5) / scale) - 0.5 : 0,
        "half_pixel_symmetric" => (input / 2.0 * (1 - (output / (scale * input)))) + ((to + 0.5) / scale) - 0.5,
        "align_corners" => output == 1 ? 0 : to * (input - 1.0) / (output - 1),
        "asymmetric" => to / scale,
        var mode => throw unsupported($"with the coordinates '{mode}'", "Use half_pixel, align_corners or asymmetric."),
    };

    private static (long At, double Weight)[] Taps(Node node, double from, long input, Func<string, string, Exception> unsupported)
    {
        switch (node.Word("mode", "nearest"))
        {
            case "nearest":
                return [(Nearest(node.Word("nearest_mode", "round_prefer_floor"), from), 1)];
            case "linear":
                from = Math.Clamp(from, 0, input - 1);
                var low = (long)Math.Floor(from);
                return [(low, 1 - (from - low)), (low + 1, from - low)];
            case "cubic":
                var start = (long)Math.Floor(from);
                var a = (double)node.Number("cubic_coeff_a", -0.75f);
                return [.. Enumerable.Range(-1, 4).Select(i => (start + i, Cubic(Math.Abs(from - (start + i)), a)))];
            default:
                throw unsupported($"in mode '{node.Word("mode", "")}'", "Use nearest, linear or cubic.");
        }
    }

    private static long Nearest(string mode, double from) => mode switch
    {
        "round_prefer_ceil" => (long)Math.Floor(from + 0.5),
        "floor" => (long)Math.Floor(from),
        "ceil" => (long)Math.Ceiling(from),
        _ => (long)Math.Ceiling(from - 0.5),
    };

    /// <summary>Keys, "Cubic convolution interpolation for digital image processing", 1981.</summary>
    private static double Cubic(double distance, double a) => distance switch
    {
        < 1 => ((a + 2) * distance * distance * distance) - ((a + 3) * distance * distance) + 1,
        < 2 => (a * distance * distance * distance) - (5 * a * distance * distance) + (8 * a * distance) - (4 * a),
        _ => 0,
    };
}
