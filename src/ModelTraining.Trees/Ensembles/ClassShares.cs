using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Turns sums that are shares of classes, but for rounding and each class having trees of its own, into probabilities that sum to 1.</summary>
internal static class ClassShares
{
    /// <summary>Where no class has a share, all are as likely.</summary>
    private const float Least = 1e-9f;

    /// <param name="sums">[outputs, <see cref="ScoredTree.BlockRows"/>].</param>
    /// <param name="baseScores">What each output starts from.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="probabilities">Takes [rows, classes].</param>
    public static void Finish(ReadOnlySpan<float> sums, float[] baseScores, int rows, Span<float> probabilities)
    {
        var classes = Math.Max(2, baseScores.Length);
        for (var row = 0; row < rows; row++)
        {
            var output = probabilities.Slice(row * classes, classes);
            if (baseScores.Length == 1)
            {
                output[1] = Math.Clamp(sums[row] + baseScores[0], 0, 1);
                output[0] = 1 - output[1];
                continue;
            }

            var total = 0f;
            for (var i = 0; i < classes; i++) total += output[i] = Math.Clamp(sums[(i * ScoredTree.BlockRows) + row] + baseScores[i], 0, 1) + Least;
            for (var i = 0; i < classes; i++) output[i] /= total;
        }
    }

    public static Value Emit(Value scores)
    {
        var shares = scores.Clip(0, 1);
        if (scores.Shape![1].Size == 1) return ShapingOperators.Concat([scores.Graph.Constant(1f) - shares, shares], 1);
        shares += Least;
        return shares / shares.ReduceSum([1]);
    }
}
