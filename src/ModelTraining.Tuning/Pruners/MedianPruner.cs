namespace ModelTraining;

/// <summary>Gives a trial up whose best report so far is worse than the median of what the others had reached by the same step (Golovin et al., "Google Vizier", KDD 2017).</summary>
public sealed record MedianPruner : IPruner
{
    /// <summary>How many trials must be complete before any is given up. Default 5.</summary>
    public int StartupTrials { get; init; } = 5;

    /// <summary>Steps that every trial gets. Default 0.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>The share of the others that a trial has to be worse than, in (0, 1): 0.5 is the median, 0.75 spares more. Default 0.5.</summary>
    public double Quantile { get; init; } = 0.5;

    /// <inheritdoc/>
    public string Name => "median";

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate()
    {
        if (StartupTrials < 1) yield return new Problem("MT1811", $"The 'StartupTrials' option of MedianPruner must be at least 1. Got {StartupTrials}.");
        if (WarmupSteps < 0) yield return new Problem("MT1811", $"The 'WarmupSteps' option of MedianPruner must be at least 0. Got {WarmupSteps}.");
        if (!(Quantile > 0 && Quantile < 1)) yield return new Problem("MT1811", FormattableString.Invariant($"The 'Quantile' option of MedianPruner must be in (0, 1). Got {Quantile}."));
    }

    /// <inheritdoc/>
    public bool ShouldPrune(PrunerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Step < WarmupSteps) return false;
        var complete = context.Trials.Where(trial => trial.State == TrialState.Complete && trial.Number != context.Trial.Number).ToList();
        if (complete.Count < StartupTrials) return false;
        var others = complete.Where(trial => trial.Reports.Length > 0).Select(trial => BestBy(context, trial)).Order().ToList();
        return others.Count > 0 && BestBy(context, context.Trial) > others[(int)(Quantile * (others.Count - 1))];
    }

    /// <summary>The least cost by a step; of one that ended before it, the least that it had.</summary>
    private static double BestBy(PrunerContext context, TrialRecord trial)
    {
        var best = double.PositiveInfinity;
        foreach (var report in trial.Reports) if (report.Step <= context.Step) best = Math.Min(best, context.Cost(report.Value));
        return best;
    }
}
