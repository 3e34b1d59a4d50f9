namespace ModelTraining;

/// <summary>Adam with weight decay apart from the gradient (Loshchilov and Hutter, 2019).</summary>
public sealed record AdamW : Optimizer
{
    /// <summary>How much of the mean of the gradients each step keeps, in [0, 1). Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>How much of the mean of their squares each step keeps, in [0, 1). Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>What is added to the root that is divided by. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <inheritdoc/>
    public override IReadOnlyList<string> State => ["exp_avg", "exp_avg_sq"];

    /// <inheritdoc/>
    public override bool DecouplesWeightDecay => true;

    internal override IEnumerable<Problem> Validate() =>
        [.. CheckShare(nameof(Beta1), Beta1), .. CheckShare(nameof(Beta2), Beta2), .. CheckPositive(nameof(Epsilon), Epsilon)];
}
