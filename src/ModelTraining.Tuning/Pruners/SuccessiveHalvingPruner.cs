namespace ModelTraining;

/// <summary>
/// Asynchronous successive halving (ASHA; Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys 2020): at steps that grow by a factor, a trial goes on if it is among the best of those that
/// have come so far.
/// </summary>
public sealed record SuccessiveHalvingPruner : IPruner
{
    /// <summary>The step of the first decision, at least 1. Default 1.</summary>
    public int MinSteps { get; init; } = 1;

    /// <summary>One of so many goes on, and the next decision is after so many times the steps; at least 2. Default 4.</summary>
    public int ReductionFactor { get; init; } = 4;

    /// <inheritdoc/>
    public string Name => "successive halving";

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate() => Validate(nameof(SuccessiveHalvingPruner), MinSteps, ReductionFactor);

    /// <inheritdoc/>
    public bool ShouldPrune(PrunerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return IsBehind(context, MinSteps, ReductionFactor, context.Trials);
    }

    internal static IEnumerable<Problem> Validate(string pruner, int minSteps, int reductionFactor)
    {
        if (minSteps < 1) yield return new Problem("MT1811", $"The 'MinSteps' option of {pruner} must be at least 1. Got {minSteps}.");
        if (reductionFactor < 2) yield return new Problem("MT1811", $"The 'ReductionFactor' option of {pruner} must be at least 2. Got {reductionFactor}.");
    }

    /// <summary>Whether the trial has just come to a decision, and is not among the best of <paramref name="competing"/> there.</summary>
    internal static bool IsBehind(PrunerContext context, double firstStep, int factor, IEnumerable<TrialRecord> competing)
    {
        var reports = context.Trial.Reports;
        var before = reports.Length > 1 ? reports[^2].Step : -1;
        var rung = 0.0;
        for (var step = firstStep; step <= context.Step; step *= factor) if (step > before) rung = step;
        if (rung == 0 || context.CostAt(context.Trial, rung) is not { } own) return false;
        var (count, better) = (1, 0);
        foreach (var other in competing)
        {
            if (other.Number == context.Trial.Number || other.State == TrialState.Failed || context.CostAt(other, rung) is not { } cost) continue;
            count++;
            if (cost < own || (cost == own && other.Number < context.Trial.Number)) better++;
        }

        // The first ones have nobody to lose against: the best of few goes on, as the paper's top 1/factor never does of fewer than factor.
        return better >= Math.Max(1, count / factor);
    }
}
