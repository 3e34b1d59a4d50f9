namespace ModelTraining;

/// <summary>The proof that merging adapters into the weights changed nothing: the model's outputs before and after, on real rows.</summary>
/// <param name="Adapters">How many weights had an adapter.</param>
/// <param name="Rows">The number of rows compared.</param>
/// <param name="LargestDifference">The largest difference of a probability, or of a value relative to its size where that is above 1.</param>
public sealed record AdapterMerge(int Adapters, int Rows, double LargestDifference)
{
    /// <summary>The largest difference that is allowed; more is an error. Sums in another order differ by less.</summary>
    public const double Tolerance = 1e-4;
}
