namespace ModelTraining;

/// <summary>
/// Hyperband (Li et al., JMLR 18, 2018): trials are dealt out to brackets of successive halving that begin to decide at different steps, since nobody knows beforehand how early bad trials can be told.
/// Which bracket a trial is in follows from its number; each gets about the same work.
/// </summary>
public sealed record HyperbandPruner : IPruner
{
    /// <summary>The step of the first decision in the keenest bracket, at least 1. Default 1.</summary>
    public int MinSteps { get; init; } = 1;

    /// <summary>The steps of a whole trial. Default 100.</summary>
    public int MaxSteps { get; init; } = 100;

    /// <summary>One of so many goes on, and the next decision is after so many times the steps; at least 2. Default 3.</summary>
    public int ReductionFactor { get; init; } = 3;

    /// <inheritdoc/>
    public string Name => "hyperband";

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate()
    {
        foreach (var problem in SuccessiveHalvingPruner.Validate(nameof(HyperbandPruner), MinSteps, ReductionFactor)) yield return problem;
        if (MaxSteps <= MinSteps) yield return new Problem("MT1811", $"The 'MaxSteps' option of HyperbandPruner must be more than 'MinSteps'. Got {MaxSteps} and {MinSteps}.");
    }

    /// <inheritdoc/>
    public bool ShouldPrune(PrunerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var bracket = BracketOf(context.Trial.Number);
        return SuccessiveHalvingPruner.IsBehind(context, MinSteps * Math.Pow(ReductionFactor, bracket), ReductionFactor, context.Trials.Where(trial => BracketOf(trial.Number) == bracket));
    }

    /// <summary>0 decides earliest, and takes the most trials: as many as one of the others takes work.</summary>
    internal int BracketOf(int number)
    {
        var last = (int)Math.Floor(Math.Log((double)MaxSteps / MinSteps, ReductionFactor) + 1e-9);
        var weights = new double[last + 1];
        // The paper gives bracket s ceil((s_max + 1) / (s + 1) · η^s) trials, s counting from the laziest.
        for (var i = 0; i <= last; i++) weights[i] = Math.Ceiling((last + 1.0) / (last - i + 1) * Math.Pow(ReductionFactor, last - i));
        var draw = new SeededRandom((ulong)number).NextDouble() * weights.Sum();
        for (var i = 0; i < last; i++)
        {
            draw -= weights[i];
            if (draw < 0) return i;
        }

        return last;
    }
}
