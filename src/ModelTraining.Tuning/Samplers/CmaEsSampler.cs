namespace ModelTraining;

/// <summary>
/// Evolution by a normal distribution that learns its own shape (CMA-ES; Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv:1604.00772), for quantities that every trial has; choices and
/// conditional parts are left to <see cref="TpeSampler"/>. Good with some hundreds of trials, and where quantities depend on one another. What it learned is worked out
/// anew from the study's history for each proposal. One objective.
/// </summary>
public sealed record CmaEsSampler : ISampler
{
    /// <summary>The deviation it begins with, as a share of each range, in (0, 1]. Default 0.2.</summary>
    public double Sigma { get; init; } = 0.2;

    /// <summary>The trials of a generation, at least 4. Default null: 4 + 3·ln(quantities), rounded down.</summary>
    public int? Population { get; init; }

    /// <inheritdoc/>
    public string Name => "CMA-ES";

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(SearchSpace space, int objectives)
    {
        ArgumentNullException.ThrowIfNull(space);
        if (!(Sigma > 0 && Sigma <= 1)) yield return new Problem("MT1810", FormattableString.Invariant($"The 'Sigma' option of CmaEsSampler must be in (0, 1]. Got {Sigma}."));
        if (Population < 4) yield return new Problem("MT1810", $"The 'Population' option of CmaEsSampler must be at least 4. Got {Population}.");
        if (objectives > 1) yield return new Problem("MT1815", $"CmaEsSampler takes one objective, and the study has {objectives}. Use GeneticSampler, TpeSampler or GaussianProcessSampler.");
        if (!space.Parameters.Any(IsIts)) yield return new Problem("MT1815", "CmaEsSampler needs a quantity that every trial has. Use another sampler.");
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Propose(SamplerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var own = context.Space.Parameters.Where(IsIts).ToList();
        var state = new CovarianceAdaptation(own.Count, Sigma, Population);
        foreach (var generation in context.Trials.Where(trial => trial.State is TrialState.Complete or TrialState.Pruned).Chunk(state.Population))
        {
            if (generation.Length < state.Population) break;
            state.Update(TrialRanking.Order(generation, context.Directions).ConvertAll(trial => own.Select(parameter => parameter.ToShare(trial.Parameters[parameter.Name])).ToArray()));
        }

        var shares = state.Draw(context.Random);
        // All of its quantities are there whatever is chosen, and nothing depends on them.
        var rest = own.Count == context.Space.Parameters.Count ? new Dictionary<string, double>() : new TpeSampler().Propose(context);
        return context.ForEach((parameter, _) => own.IndexOf(parameter) is >= 0 and var at ? parameter.FromShare(shares[at]) : rest[parameter.Name]);
    }

    private static bool IsIts(Parameter parameter) => parameter.ChoiceCount == 0 && parameter.Condition is null;
}
