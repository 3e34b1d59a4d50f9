namespace ModelTraining;

/// <summary>How the predictions of an exported model in ONNX Runtime compare with the trainer's own, on real rows.</summary>
/// <param name="Rows">The number of rows compared.</param>
/// <param name="LargestDifference">The largest difference of a probability, or of a value relative to its size where that is above 1.</param>
public sealed record Parity(int Rows, double LargestDifference)
{
    /// <summary>The largest difference that is allowed: 32-bit sums in another order differ by less.</summary>
    public const double Tolerance = 1e-5;
}
