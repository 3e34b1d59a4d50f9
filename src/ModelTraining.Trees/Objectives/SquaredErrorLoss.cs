namespace ModelTraining;

/// <summary>Names the squared error, which <see cref="SquaredErrorObjective"/> computes.</summary>
internal sealed class SquaredErrorLoss : BoostingObjective
{
    public override string Metric => "rmse";

    internal override bool ConstantHessian => true;

    public override double Loss(double score, double target) => (score - target) * (score - target);

    public override (double Gradient, double Hessian) Differentiate(double score, double target) => (score - target, 1);

    public override double InitialScore(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) => WeightedMean.Of(targets, weights);

    public override string ToString() => "squared error";
}
