namespace ModelTraining;

/// <summary>
/// A search over several trainers within a time, and an ensemble of the best: what <see cref="Tune.Auto(TimeSpan)"/> gives to <c>.Tune</c>. Immutable and safe to use from many threads.
/// </summary>
public sealed class AutoTuning
{
    // As many as auto-sklearn's ensembles seldom have more of.
    private const int Candidates = 10;

    internal AutoTuning(TimeSpan timeBudget) => TimeBudget = timeBudget;

    /// <summary>How long the stage may take.</summary>
    public TimeSpan TimeBudget { get; }

    internal TuneOptions Options => new() { TimeBudget = TimeBudget, Ensemble = Candidates };
}
