namespace ModelTraining;

/// <summary>
/// Images laid out so that what a position of a convolution's kernel meets is the same plane of numbers from another start: rows with the zeros of the pads between
/// them, and with strides a plane for each remainder. A convolution, or its gradient, is then sums of products of long runs, without a copy a position.
/// </summary>
internal sealed unsafe class ConvolutionFrame
{
    /// <summary>What may be read beyond the last plane.</summary>
    private const int Slack = 128;

    /// <summary>What lies behind begins at a line of the cache.</summary>
    private const int Alignment = 16;

    private readonly bool[] _isUsed, _isUsedColumn;
    private readonly int _channels, _height, _width, _top, _left, _strideHeight, _strideWidth, _remainders;

    /// <param name="channels">Channels of the input.</param>
    /// <param name="height">Its height.</param>
    /// <param name="width">Its width.</param>
    /// <param name="output">Height and width of the output.</param>
    /// <param name="kernel">Height and width of the kernel.</param>
    /// <param name="strides">Its steps.</param>
    /// <param name="dilations">The distances between its positions.</param>
    /// <param name="pads">Zeros above and on the left.</param>
    /// <param name="images">How many images lie behind each other.</param>
    public ConvolutionFrame(int channels, int height, int width, (int Height, int Width) output, (int Height, int Width) kernel, (int Height, int Width) strides, (int Height, int Width) dilations, (int Top, int Left) pads, int images)
    {
        (_channels, _height, _width) = (channels, height, width);
        (_strideHeight, _strideWidth) = strides;
        (_top, _left) = pads;
        var (spanHeight, spanWidth) = ((kernel.Height - 1) * dilations.Height, (kernel.Width - 1) * dilations.Width);
        Pitch = output.Width + (spanWidth / strides.Width) - Shared(strides.Width, pads.Left, output.Width + spanWidth - pads.Left - width);
        Rows = output.Height + (spanHeight / strides.Height) - Shared(strides.Height, pads.Top, output.Height + spanHeight - pads.Top - height);
        Image = Rows * Pitch;
        Plane = images * Image;
        _remainders = strides.Height * strides.Width;
        Size = ((channels * _remainders * Plane) + (2 * Pitch) + (spanHeight * Pitch) + Slack) / Alignment * Alignment;
        (_isUsed, _isUsedColumn) = (new bool[strides.Height], new bool[strides.Width]);
        Offsets = new int[channels * kernel.Height * kernel.Width];
        for (var (channel, at) = (0, 0); channel < channels; channel++)
        {
            for (var i = 0; i < kernel.Height; i++)
            {
                for (var j = 0; j < kernel.Width; j++)
                {
                    var (row, column) = (i * dilations.Height, j * dilations.Width);
                    (_isUsed[row % strides.Height], _isUsedColumn[column % strides.Width]) = (true, true);
                    var remainder = (row % strides.Height * strides.Width) + (column % strides.Width);
                    Offsets[at++] = (((channel * _remainders) + remainder) * Plane) + (row / strides.Height * Pitch) + (column / strides.Width);
                }
            }
        }
    }

    /// <summary>From a row of the output to the next.</summary>
    public int Pitch { get; }

    /// <summary>The rows of an image.</summary>
    public int Rows { get; }

    /// <summary>From an image to the next.</summary>
    public int Image { get; }

    /// <summary>From a plane of images to the next.</summary>
    public int Plane { get; }

    /// <summary>The numbers that there must be room for.</summary>
    public int Size { get; }

    /// <summary>Where each position of the kernel begins, channel after channel, row after row.</summary>
    public int[] Offsets { get; }

    /// <summary>Lays out an image. What is between the rows was, and stays, zero.</summary>
    /// <param name="input">The image, [channels, height, width].</param>
    /// <param name="frame">The room.</param>
    /// <param name="place">The position of the image.</param>
    public void Fill(float* input, float* frame, int place)
    {
        frame += place * Image;
        for (var channel = 0; channel < _channels; channel++)
        {
            for (var y = 0; y < _height; y++, input += _width)
            {
                var (row, remainder) = Math.DivRem(y + _top, _strideHeight);
                if (row >= Rows || !_isUsed[remainder]) continue;
                var to = frame + ((((channel * _remainders) + (remainder * _strideWidth)) * Plane) + (row * Pitch));
                if (_strideWidth == 1) new ReadOnlySpan<float>(input, _width).CopyTo(new Span<float>(to + _left, _width));
                else Spread(input, to);
            }
        }
    }

    /// <summary>Every so many pixels of a row to the plane that is theirs.</summary>
    private void Spread(float* row, float* to)
    {
        for (var remainder = 0; remainder < _strideWidth; remainder++, to += Plane)
        {
            if (!_isUsedColumn[remainder]) continue;
            var column = Math.Max(0, (_left - remainder + _strideWidth - 1) / _strideWidth);
            var end = Math.Min(Pitch, (_width - 1 + _left - remainder + _strideWidth) / _strideWidth); // 0 where the row has no such pixel
            for (var x = (column * _strideWidth) + remainder - _left; column < end; column++, x += _strideWidth) to[column] = row[x];
        }
    }

    /// <summary>With strides of 1 the zeros behind a row, or an image, are those before the next.</summary>
    private static int Shared(int stride, int before, int after) => stride == 1 ? Math.Max(0, Math.Min(before, after)) : 0;
}
