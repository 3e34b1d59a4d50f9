namespace ModelTraining;

/// <summary>
/// Weights for the rows of classes, which multiply those that rows have. Every trainer learns by them; metrics, early stopping and what is chosen on the validation part do not.
/// </summary>
public static class ClassWeights
{
    /// <summary>All classes count the same: rows / (classes × rows of the class), as scikit-learn's <c>class_weight="balanced"</c>. The weights sum to the number of rows.</summary>
    public static BalanceMethod Balanced { get; } = new ClassWeighting(null);

    /// <summary>Weights given by hand.</summary>
    /// <param name="weights">The weight of each class by its name, above 0: <c>new Dictionary&lt;string, double&gt; { ["fraud"] = 20 }</c>. Others have 1.</param>
    public static BalanceMethod Of(IReadOnlyDictionary<string, double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new ClassWeighting(new SortedDictionary<string, double>(weights.ToDictionary(), StringComparer.Ordinal));
    }
}
