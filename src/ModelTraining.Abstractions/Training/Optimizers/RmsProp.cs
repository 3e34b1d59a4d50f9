namespace ModelTraining;

/// <summary>RMSProp (Hinton's lecture 6e, 2012): steps divided by the root of the mean of the gradients' squares.</summary>
public sealed record RmsProp : Optimizer
{
    /// <summary>How much of the mean of the squares each step keeps, in [0, 1). Default 0.99.</summary>
    public double Alpha { get; init; } = 0.99;

    /// <summary>What is added to the root that is divided by. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>How much of the last step each step keeps, in [0, 1). Default 0.</summary>
    public double Momentum { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> State => Momentum > 0 ? ["square_avg", "momentum_buffer"] : ["square_avg"];

    internal override IEnumerable<Problem> Validate() =>
        [.. CheckShare(nameof(Alpha), Alpha), .. CheckPositive(nameof(Epsilon), Epsilon), .. CheckShare(nameof(Momentum), Momentum)];
}
