namespace ModelTraining;

/// <summary>
/// Options of <see cref="Linear.Ridge"/>. Made small is Σ wᵢ·(yᵢ − b₀ − xᵢ·b)² + Alpha·‖b‖² over the rows i with weights w, the coefficients b and the
/// intercept b₀: scikit-learn's Ridge.
/// </summary>
public sealed record RidgeOptions
{
    /// <summary>How strong the penalty is, at least 0; 0 is ordinary least squares. Default 1.</summary>
    public double Alpha { get; init; } = 1;

    /// <summary>Whether there is an intercept, which is not penalised. Default true.</summary>
    public bool FitIntercept { get; init; } = true;

    internal IEnumerable<Problem> Validate() => new LinearOptionChecks("Linear.Ridge").Alpha(Alpha).Problems;
}
