namespace ModelTraining;

/// <summary>Stochastic gradient descent, with momentum where wished (Sutskever et al., 2013, as PyTorch writes it: v = momentum·v + g, w = w − rate·v).</summary>
public sealed record Sgd : Optimizer
{
    /// <summary>How much of the last step each step keeps, in [0, 1). Default 0.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether the gradient is taken as if after the step that momentum makes (Nesterov, 1983). Default false; needs momentum.</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> State => Momentum > 0 ? ["momentum_buffer"] : [];

    internal override IEnumerable<Problem> Validate()
    {
        foreach (var problem in CheckShare(nameof(Momentum), Momentum)) yield return problem;
        if (Nesterov && Momentum <= 0) yield return new Problem("MT1722", "The 'Nesterov' option of Sgd needs 'Momentum' greater than 0, for example 0.9.");
    }
}
