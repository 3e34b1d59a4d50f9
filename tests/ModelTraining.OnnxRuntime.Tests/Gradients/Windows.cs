namespace ModelTraining.Tests.Gradients;

/// <summary>Convolutions and pools of images in double, written for clarity: a reference for operators that ONNX Runtime has in float only.</summary>
/// <param name="Input">[batch, channels, height, width].</param>
/// <param name="Kernel">[height, width].</param>
internal sealed record Windows(int[] Input, int[] Kernel)
{
    public int[] Strides { get; init; } = [1, 1];

    public int[] Dilations { get; init; } = [1, 1];

    /// <summary>Top and left.</summary>
    public int[] Begin { get; init; } = [0, 0];

    /// <summary>Bottom and right.</summary>
    public int[] End { get; init; } = [0, 0];

    public int Groups { get; init; } = 1;

    /// <summary>Height and width of the output, where they are not those that fit.</summary>
    public int[]? Output { get; init; }

    private int Size(int i) => Output?[i] ?? (((Input[i + 2] + Begin[i] + End[i] - ((Kernel[i] - 1) * Dilations[i]) - 1) / Strides[i]) + 1);

    public double[] Conv(double[] x, double[] weight, double[]? bias = null)
    {
        var (inner, outputs) = (Input[1] / Groups, weight.Length / (Input[1] / Groups) / Kernel[0] / Kernel[1]);
        var y = new double[Input[0] * outputs * Size(0) * Size(1)];
        Each(outputs, (n, k, i, j, to) =>
        {
            y[to] = bias?[k] ?? 0;
            for (var c = 0; c < inner; c++)
            {
                foreach (var (at, p) in Pixels(n, (k / (outputs / Groups) * inner) + c, i, j)) y[to] += x[at] * weight[(((k * inner) + c) * Kernel[0] * Kernel[1]) + p];
            }
        });
        return y;
    }

    /// <summary>The adjoint: <see cref="Input"/> is the shape of the result, <see cref="Output"/> height and width of x.</summary>
    public double[] ConvTranspose(double[] x, double[] weight, double[]? bias = null)
    {
        var inner = Input[1] / Groups;
        var outputs = weight.Length / inner / Kernel[0] / Kernel[1];
        var y = new double[Input[0] * Input[1] * Input[2] * Input[3]];
        Each(outputs, (n, k, i, j, from) =>
        {
            for (var c = 0; c < inner; c++)
            {
                foreach (var (at, p) in Pixels(n, (k / (outputs / Groups) * inner) + c, i, j)) y[at] += x[from] * weight[(((k * inner) + c) * Kernel[0] * Kernel[1]) + p];
            }
        });
        for (var i = 0; bias is not null && i < y.Length; i++) y[i] += bias[i / (Input[2] * Input[3]) % Input[1]];
        return y;
    }

    public double[] Pool(double[] x, Func<double[], double> of)
    {
        var y = new double[Input[0] * Input[1] * Size(0) * Size(1)];
        Each(Input[1], (n, c, i, j, to) => y[to] = of([.. Pixels(n, c, i, j).Select(pixel => x[pixel.At])]));
        return y;
    }

    private void Each(int channels, Action<int, int, int, int, int> action)
    {
        var to = 0;
        for (var n = 0; n < Input[0]; n++)
            for (var k = 0; k < channels; k++)
                for (var i = 0; i < Size(0); i++)
                    for (var j = 0; j < Size(1); j++) action(n, k, i, j, to++);
    }

    /// <summary>The pixels that a window sees, and their positions in the kernel.</summary>
    private IEnumerable<(int At, int Position)> Pixels(int n, int c, int i, int j)
    {
        for (var p = 0; p < Kernel[0]; p++)
        {
            for (var q = 0; q < Kernel[1]; q++)
            {
                var (row, column) = ((i * Strides[0]) - Begin[0] + (p * Dilations[0]), (j * Strides[1]) - Begin[1] + (q * Dilations[1]));
                if (row >= 0 && row < Input[2] && column >= 0 && column < Input[3]) yield return ((((((n * Input[1]) + c) * Input[2]) + row) * Input[3]) + column, (p * Kernel[1]) + q);
            }
        }
    }
}
