namespace ModelTraining;

/// <summary>
/// What bringing a network back into the 16-bit numbers of its file changed, after it was trained in 32-bit ones: the model's outputs before and after, on real rows.
/// </summary>
/// <param name="Weights">How many weights were rounded.</param>
/// <param name="Rows">The number of rows compared.</param>
/// <param name="LargestDifference">The largest difference of a probability, or of a value relative to its size where that is above 1.</param>
public sealed record WeightRounding(long Weights, int Rows, double LargestDifference)
{
    /// <summary>
    /// The largest difference that is allowed, here and between runs of the exported model: a 16-bit number keeps three digits, and each layer rounds. More is an error.
    /// </summary>
    public const double Tolerance = 0.02;
}
