namespace ModelTraining;

/// <summary>
/// Options of <see cref="Linear.Logistic"/>. Made small is Σ wᵢ·lossᵢ + Alpha·((1 − L1Ratio)/2·‖b‖² + L1Ratio·‖b‖₁) over the rows i with weights w, the
/// coefficients b without the intercepts: scikit-learn's LogisticRegression with C = 1/Alpha.
/// </summary>
public sealed record LogisticOptions
{
    /// <summary>How strong the penalty is, at least 0. At 0 classes that can be told apart without error have no finite coefficients. Default 1.</summary>
    public double Alpha { get; init; } = 1;

    /// <summary>The share of L1 in the penalty, 0 to 1. Above 0 some coefficients become 0, and there are no standard errors. Default 0.</summary>
    public double L1Ratio { get; init; }

    /// <summary>The most steps. Default 500.</summary>
    public int MaxIterations { get; init; } = 500;

    /// <summary>
    /// Ends the training: the greatest part of the gradient of the mean loss, of features scaled to deviation 1 and with the curvature taken out, falls
    /// below it. Default 0.000001.
    /// </summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Whether the sums have intercepts, which are not penalised. Default true.</summary>
    public bool FitIntercept { get; init; } = true;

    internal IEnumerable<Problem> Validate() => new LinearOptionChecks("Linear.Logistic").Alpha(Alpha).L1Ratio(L1Ratio).MaxIterations(MaxIterations).Tolerance(Tolerance).Problems;
}
