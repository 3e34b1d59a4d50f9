namespace ModelTraining;

/// <summary>Lion (Chen et al., 2023): steps of equal size in the direction of a mean of the gradients, with weight decay apart. Wants a learning rate some 3 to 10 times smaller than AdamW's, and a decay as much larger.</summary>
public sealed record Lion : Optimizer
{
    /// <summary>How much of the mean the direction of a step takes, in [0, 1). Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>How much of the mean each step keeps, in [0, 1). Default 0.99.</summary>
    public double Beta2 { get; init; } = 0.99;

    /// <inheritdoc/>
    public override IReadOnlyList<string> State => ["exp_avg"];

    /// <inheritdoc/>
    public override bool DecouplesWeightDecay => true;

    internal override IEnumerable<Problem> Validate() => [.. CheckShare(nameof(Beta1), Beta1), .. CheckShare(nameof(Beta2), Beta2)];
}
