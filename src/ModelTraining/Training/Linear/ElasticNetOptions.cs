namespace ModelTraining;

/// <summary>
/// Options of <see cref="Linear.ElasticNet"/>. Made small is Σ wᵢ·(yᵢ − b₀ − xᵢ·b)² / (2·Σ wᵢ) + Alpha·(L1Ratio·‖b‖₁ + (1 − L1Ratio)/2·‖b‖²) over the rows i
/// with weights w, the coefficients b and the intercept b₀: scikit-learn's ElasticNet.
/// </summary>
public sealed record ElasticNetOptions
{
    /// <summary>How strong the penalty is, at least 0, as <see cref="LassoOptions.Alpha"/>. Default 1.</summary>
    public double Alpha { get; init; } = 1;

    /// <summary>The share of L1 in the penalty, 0 to 1. Default 0.5.</summary>
    public double L1Ratio { get; init; } = 0.5;

    /// <summary>The most rounds over all coefficients. Default 1000.</summary>
    public int MaxIterations { get; init; } = 1000;

    /// <summary>Ends the training: the duality gap, as a share of the target's own sum of squares, falls below it. Default 0.000001.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Whether there is an intercept, which is not penalised. Default true.</summary>
    public bool FitIntercept { get; init; } = true;

    internal IEnumerable<Problem> Validate() => new LinearOptionChecks("Linear.ElasticNet").Alpha(Alpha).L1Ratio(L1Ratio).MaxIterations(MaxIterations).Tolerance(Tolerance).Problems;
}
