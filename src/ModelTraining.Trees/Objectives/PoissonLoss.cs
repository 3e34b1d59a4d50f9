using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Half the Poisson deviance of the exponential of the score.</summary>
internal sealed class PoissonLoss : BoostingObjective
{
    public override string Metric => "poisson_deviance";

    internal override string Targets => "numbers of at least 0";

    /// <summary>
    /// Where rows have many times what is predicted, the hessian is as small as the prediction and a step would be the factor, not its logarithm. XGBoost's
    /// limit is 0.7, which leaves common tables far behind after 100 trees; at 3 a tree of learning rate 1 can still multiply by twenty.
    /// </summary>
    internal override double? MaxDeltaStep => 3;

    public override bool Accepts(double target) => target >= 0;

    public override double Loss(double score, double target)
    {
        var mean = Math.Exp(score);
        return 2 * (mean - target + (target > 0 ? target * (Math.Log(target) - score) : 0));
    }

    public override (double Gradient, double Hessian) Differentiate(double score, double target)
    {
        var mean = Math.Exp(score);
        return (mean - target, mean);
    }

    public override double InitialScore(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) => Math.Log(WeightedMean.Of(targets, weights));

    public override double Predict(double score) => Math.Exp(score);

    public override Value Emit(Value scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return scores.Exp();
    }

    public override string ToString() => "Poisson";
}
