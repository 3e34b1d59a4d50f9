using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>The two small matrices beside a weight. Beside the kernels of a convolution they are those of a convolution to few channels, and of one of kernel 1 from these.</summary>
/// <param name="Weight">The weight.</param>
/// <param name="Rank">The columns of A.</param>
/// <param name="Scale">What the product counts.</param>
internal sealed record Adapter(LayerWeight Weight, int Rank, float Scale)
{
    private const string DownSuffix = ".lora_A";
    private const string UpSuffix = ".lora_B";

    /// <summary>The constant A, [inputs, rank], or [rank, channels, height, width] of a convolution.</summary>
    public string Down => Weight.Name + DownSuffix;

    /// <summary>The constant B, [rank, outputs], or [outputs, rank, 1, 1] of a convolution.</summary>
    public string Up => Weight.Name + UpSuffix;

    /// <summary>Whether a constant is a part of an adapter.</summary>
    public static bool Owns(string constant) => constant.EndsWith(DownSuffix, StringComparison.Ordinal) || constant.EndsWith(UpSuffix, StringComparison.Ordinal);

    /// <summary>A is normal, of the deviation that keeps the size of what it takes; B is 0, so that the network begins as it was.</summary>
    public (Tensor Down, Tensor Up) Begin(SeededRandom random)
    {
        var down = new float[Weight.Inputs * Rank];
        foreach (ref var element in down.AsSpan()) element = (float)(random.NextNormal() / Math.Sqrt(Weight.Inputs));
        var up = new float[Rank * Weight.Outputs];
        return Weight.IsConvolution
            ? (Tensor.Of(down, [Rank, .. Weight.Kernel]), Tensor.Of(up, [Weight.Outputs, Rank, .. Weight.Kernel.Skip(1).Select(_ => 1L)]))
            : (Tensor.Of(down, Weight.Inputs, Rank), Tensor.Of(up, Rank, Weight.Outputs));
    }

    /// <summary>W + scale · A·B, summed in double precision.</summary>
    public Tensor Merged(Tensor weight, Tensor down, Tensor up)
    {
        var (inputs, outputs) = ((int)Weight.Inputs, (int)Weight.Outputs);
        var merged = weight.Elements<float>().ToArray();
        // A convolution's come with their sizes the other way round.
        var (a, b) = Weight.IsConvolution ? (Turned(down, inputs), Turned(up, Rank)) : (down.Elements<float>().ToArray(), up.Elements<float>().ToArray());
        var row = new double[outputs];
        for (var input = 0; input < inputs; input++)
        {
            Array.Clear(row);
            for (var r = 0; r < Rank; r++) for (var output = 0; output < outputs; output++) row[output] += (double)a[(input * Rank) + r] * b[(r * outputs) + output];
            for (var output = 0; output < outputs; output++)
            {
                ref var element = ref merged[Weight.IsTransposed ? (output * inputs) + input : (input * outputs) + output];
                element = (float)(element + (Scale * row[output]));
            }
        }

        return Tensor.Of(merged, weight.Shape.ToArray());
    }

    /// <summary>The elements of a matrix of rows of <paramref name="columns"/>, column after column.</summary>
    public static float[] Turned(Tensor matrix, int columns)
    {
        var elements = matrix.Elements<float>();
        var turned = new float[matrix.Count];
        var rows = columns == 0 ? 0 : turned.Length / columns;
        for (var row = 0; row < rows; row++) for (var column = 0; column < columns; column++) turned[(column * rows) + row] = elements[(row * columns) + column];
        return turned;
    }
}
