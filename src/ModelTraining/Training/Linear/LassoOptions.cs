namespace ModelTraining;

/// <summary>
/// Options of <see cref="Linear.Lasso"/>. Made small is Σ wᵢ·(yᵢ − b₀ − xᵢ·b)² / (2·Σ wᵢ) + Alpha·‖b‖₁ over the rows i with weights w, the coefficients b
/// and the intercept b₀: scikit-learn's Lasso.
/// </summary>
public sealed record LassoOptions
{
    /// <summary>
    /// How strong the penalty is, at least 0, in units of the target: what would suit a target of deviation 1, times its deviation. A warning says from which
    /// value on all coefficients are 0. Default 1.
    /// </summary>
    public double Alpha { get; init; } = 1;

    /// <summary>The most rounds over all coefficients. Default 1000.</summary>
    public int MaxIterations { get; init; } = 1000;

    /// <summary>Ends the training: the duality gap, as a share of the target's own sum of squares, falls below it. Default 0.000001.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Whether there is an intercept, which is not penalised. Default true.</summary>
    public bool FitIntercept { get; init; } = true;

    internal IEnumerable<Problem> Validate() => new LinearOptionChecks("Linear.Lasso").Alpha(Alpha).MaxIterations(MaxIterations).Tolerance(Tolerance).Problems;
}
