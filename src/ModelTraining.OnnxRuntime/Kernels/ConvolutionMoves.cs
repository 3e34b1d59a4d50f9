namespace ModelTraining;

/// <summary>The attributes of a convolution over images.</summary>
/// <param name="Kernel">Height and width of the kernel.</param>
/// <param name="Strides">Its steps.</param>
/// <param name="Dilations">The distances between its positions.</param>
/// <param name="Pads">Zeros above, on the left, below and on the right.</param>
internal sealed record ConvolutionMoves((int Height, int Width) Kernel, (int Height, int Width) Strides, (int Height, int Width) Dilations, (int Top, int Left, int Bottom, int Right) Pads)
{
    public static ConvolutionMoves Of(nint info)
    {
        var pads = OrtFunctions.Wholes(info, "pads\0"u8);
        return new(Pair(OrtFunctions.Wholes(info, "kernel_shape\0"u8)), Pair(OrtFunctions.Wholes(info, "strides\0"u8)), Pair(OrtFunctions.Wholes(info, "dilations\0"u8)), ((int)pads[0], (int)pads[1], (int)pads[2], (int)pads[3]));

        static (int, int) Pair(long[] sizes) => ((int)sizes[0], (int)sizes[1]);
    }

    /// <summary>Height and width of the output.</summary>
    public (int Height, int Width) Output(int height, int width) => (
        ((height + Pads.Top + Pads.Bottom - ((Kernel.Height - 1) * Dilations.Height) - 1) / Strides.Height) + 1,
        ((width + Pads.Left + Pads.Right - ((Kernel.Width - 1) * Dilations.Width) - 1) / Strides.Width) + 1);

    /// <summary>How images are laid out for it.</summary>
    public ConvolutionFrame Frame(int channels, int height, int width, int images) => new(channels, height, width, Output(height, width), Kernel, Strides, Dilations, (Pads.Top, Pads.Left), images);
}
