using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>The layer that answers the new question.</summary>
internal static class DenseHead
{
    private const string Stem = "new_head";

    /// <param name="features">[batch, features].</param>
    /// <param name="outputs">How many numbers a row gets.</param>
    /// <param name="random">Where first weights are drawn from: uniform in ±1/√features, as PyTorch does.</param>
    public static Value Write(Value features, int outputs, SeededRandom random)
    {
        var width = (int)features.Shape![1].Size;
        var bound = 1 / Math.Sqrt(width);
        var weight = new float[width * outputs];
        foreach (ref var element in weight.AsSpan()) element = (float)(bound * ((2 * random.NextDouble()) - 1));
        return features.Gemm(features.Graph.Constant(Tensor.Of(weight, width, outputs), $"{Stem}.weight"), features.Graph.Constant(Tensor.Of(new float[outputs], outputs), $"{Stem}.bias"));
    }
}
