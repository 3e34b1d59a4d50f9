using System.Globalization;

namespace ModelTraining;

/// <summary>The pinball loss; the absolute error is twice that of one half.</summary>
/// <param name="alpha">The share of targets below the prediction.</param>
/// <param name="metric">The key that the loss goes by.</param>
/// <param name="factor">What the loss of the curve is multiplied by.</param>
internal sealed class QuantileLoss(double alpha, string metric, double factor) : BoostingObjective
{
    public override string Metric => metric;

    internal override bool ConstantHessian => true;

    internal override LeafOfResiduals? Renewal => Leaf;

    public override double Loss(double score, double target) => factor * (target >= score ? alpha * (target - score) : (1 - alpha) * (score - target));

    // The second derivative is 0 wherever there is one; 1 makes a split's gain compare the shares of rows below and above.
    public override (double Gradient, double Hessian) Differentiate(double score, double target) => (score < target ? -alpha : score > target ? 1 - alpha : 0, 1);

    public override double InitialScore(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) => Leaf(targets.ToArray(), weights.ToArray());

    public override string ToString() => metric == "mae" ? "absolute error" : string.Create(CultureInfo.InvariantCulture, $"quantile {alpha}");

    internal override IEnumerable<Problem> Validate() =>
        alpha > 0 && alpha < 1 ? [] : [new Problem("MT1420", string.Create(CultureInfo.InvariantCulture, $"The 'alpha' of BoostingObjective.Quantile must be in (0, 1). Got {alpha}."))];

    private double Leaf(Span<float> residuals, Span<float> weights) => WeightedQuantile.Of(residuals, weights, alpha);
}
