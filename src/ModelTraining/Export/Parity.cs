namespace ModelTraining;

/// <summary>How the predictions of an exported model in ONNX Runtime compare with the trainer's own, on real rows.</summary>
/// <param name="Rows">The number of rows compared.</param>
/// <param name="LargestDifference">The largest difference of a probability, or of a value relative to its size or, where that is more, the values' root mean square; to 1 where both are less.</param>
public sealed record Parity(int Rows, double LargestDifference)
{
    /// <summary>The largest difference that is allowed: 32-bit sums in another order differ by less.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>The largest difference that was allowed here: <see cref="Tolerance"/>, and <see cref="WeightRounding.Tolerance"/> for a network that computes in the 16-bit numbers of its file.</summary>
    public double Allowed { get; init; } = Tolerance;
}
