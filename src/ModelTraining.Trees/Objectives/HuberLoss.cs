using System.Globalization;

namespace ModelTraining;

/// <summary>Squared error near the target, linear further off.</summary>
internal sealed class HuberLoss(double delta) : BoostingObjective
{
    public override string Metric => "huber";

    internal override bool ConstantHessian => true;

    internal override LeafOfResiduals? Renewal => Leaf;

    public override double Loss(double score, double target)
    {
        var distance = Math.Abs(score - target);
        return distance <= delta ? distance * distance / 2 : delta * (distance - (delta / 2));
    }

    public override (double Gradient, double Hessian) Differentiate(double score, double target) => (Math.Clamp(score - target, -delta, delta), 1);

    public override double InitialScore(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) => Leaf(targets.ToArray(), weights.ToArray());

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Huber {delta}");

    internal override IEnumerable<Problem> Validate() =>
        delta > 0 && double.IsFinite(delta) ? [] : [new Problem("MT1420", string.Create(CultureInfo.InvariantCulture, $"The 'delta' of BoostingObjective.Huber must be a finite number above 0. Got {delta}."))];

    private double Leaf(Span<float> residuals, Span<float> weights)
    {
        var median = WeightedQuantile.Of(residuals, weights, 0.5);
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i < residuals.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            (sum, total) = (sum + (weight * Math.Clamp(residuals[i] - median, -delta, delta)), total + weight);
        }

        return median + (sum / total);
    }
}
