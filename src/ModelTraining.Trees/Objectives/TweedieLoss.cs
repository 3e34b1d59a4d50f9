using System.Globalization;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Half the Tweedie deviance of the exponential of the score.</summary>
/// <param name="power">The power of the mean that the variance grows with.</param>
internal sealed class TweedieLoss(double power) : BoostingObjective
{
    public override string Metric => "tweedie_deviance";

    internal override string Targets => "numbers of at least 0";

    public override bool Accepts(double target) => target >= 0;

    public override double Loss(double score, double target)
    {
        var ofTarget = target > 0 ? Math.Pow(target, 2 - power) / ((1 - power) * (2 - power)) : 0;
        return 2 * (ofTarget - (target * Math.Exp((1 - power) * score) / (1 - power)) + (Math.Exp((2 - power) * score) / (2 - power)));
    }

    public override (double Gradient, double Hessian) Differentiate(double score, double target)
    {
        var (ofTarget, ofMean) = (target * Math.Exp((1 - power) * score), Math.Exp((2 - power) * score));
        return (ofMean - ofTarget, ((2 - power) * ofMean) - ((1 - power) * ofTarget));
    }

    public override double InitialScore(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) => Math.Log(WeightedMean.Of(targets, weights));

    public override double Predict(double score) => Math.Exp(score);

    public override Value Emit(Value scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return scores.Exp();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Tweedie {power}");

    internal override IEnumerable<Problem> Validate() =>
        power > 1 && power < 2 ? [] : [new Problem("MT1420", string.Create(CultureInfo.InvariantCulture, $"The 'variancePower' of BoostingObjective.Tweedie must be in (1, 2). Got {power}. 1 is BoostingObjective.Poisson."))];
}
