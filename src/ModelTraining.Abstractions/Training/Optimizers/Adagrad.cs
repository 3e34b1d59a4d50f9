namespace ModelTraining;

/// <summary>Adagrad (Duchi, Hazan and Singer, 2011): steps divided by the root of the sum of all squares of the gradients so far.</summary>
public sealed record Adagrad : Optimizer
{
    /// <summary>What is added to the root that is divided by. Default 1e-10.</summary>
    public double Epsilon { get; init; } = 1e-10;

    /// <inheritdoc/>
    public override IReadOnlyList<string> State => ["sum"];

    internal override IEnumerable<Problem> Validate() => CheckPositive(nameof(Epsilon), Epsilon);
}
