namespace ModelTraining.Onnx;

/// <summary>How a window moves over an input, with every pad known.</summary>
/// <param name="Kernel">The sizes of the window.</param>
/// <param name="Strides">The steps.</param>
/// <param name="Dilations">The distances between neighbours of the window.</param>
/// <param name="Pads">What is added before each dimension, then after each.</param>
internal sealed record Moves(long[] Kernel, long[] Strides, long[] Dilations, long[] Pads)
{
    /// <summary>The number of spatial dimensions.</summary>
    public int Rank => Kernel.Length;

    /// <summary>The pixels that the window covers, those between its own included.</summary>
    public long Span(int i) => ((Kernel[i] - 1) * Dilations[i]) + 1;

    /// <summary>How Conv or a pool moves over <paramref name="x"/>.</summary>
    /// <exception cref="ModelTrainingException">MT3013: pads depend on a size that is not known.</exception>
    public static Moves Of(NodeGradient node, Value x, long[] kernel) => Of(node.Node, kernel, axis => node.Size(x, axis));

    /// <summary>How a node moves over what has certain sizes.</summary>
    public static Moves Of(Node node, long[] kernel, Func<int, long> size)
    {
        var window = new Window(node, kernel.Length);
        var pads = new long[2 * kernel.Length];
        for (var i = 0; i < kernel.Length; i++)
        {
            (pads[i], pads[kernel.Length + i]) = window.Pads(i, window.IsSame ? size(i + 2) : 0, kernel[i]);
        }

        return new Moves(kernel, window.Strides, window.Dilations, pads);
    }

    /// <summary>How the convolution moves whose adjoint a ConvTranspose of <paramref name="x"/> is.</summary>
    /// <exception cref="ModelTrainingException">MT3013: pads depend on a size that is not known.</exception>
    public static Moves OfTranspose(NodeGradient node, Value x, long[] kernel)
    {
        var rank = kernel.Length;
        var window = new Window(node.Node, rank);
        var moves = new Moves(kernel, window.Strides, window.Dilations, [.. window.Begin, .. window.End]);
        var given = node.Wholes("output_shape");
        if (given is null && !window.IsSame) return moves;
        for (var i = 0; i < rank; i++)
        {
            var size = node.Size(x, i + 2);
            var output = given is null ? size * window.Strides[i] : given[given.Length - rank + i];
            var total = Math.Max(((size - 1) * window.Strides[i]) + window.OutputPadding[i] + moves.Span(i) - output, 0);
            var small = total / 2;
            (moves.Pads[i], moves.Pads[rank + i]) = node.Word("auto_pad", "NOTSET") == "SAME_UPPER" ? (small, total - small) : (total - small, small);
        }

        return moves;
    }

    /// <summary>The attributes of a convolution.</summary>
    public (string, object)[] Attributes(long groups) => [("kernel_shape", Kernel), ("strides", Strides), ("dilations", Dilations), ("pads", Pads), ("group", groups)];

    /// <summary>The attributes of a convolution without groups.</summary>
    public (string, object)[] Attributes() => [("kernel_shape", Kernel), ("strides", Strides), ("dilations", Dilations), ("pads", Pads)];

    /// <summary>The pads with which a convolution by flipped weights goes back; null when one would be negative.</summary>
    public long[]? FlippedPads()
    {
        var pads = new long[2 * Rank];
        for (var i = 0; i < pads.Length; i++) pads[i] = Span(i % Rank) - 1 - Pads[i];
        return pads.Any(pad => pad < 0) ? null : pads;
    }
}
