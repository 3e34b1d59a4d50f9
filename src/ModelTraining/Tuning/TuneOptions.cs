namespace ModelTraining;

/// <summary>Options of <c>Tune</c>.</summary>
public sealed record TuneOptions
{
    internal const int TrialsWithoutBudget = 50;

    /// <summary>How many trials the study is to have, those of earlier runs and other processes included. Default null: 50 without <see cref="TimeBudget"/>, no limit with it.</summary>
    public int? Trials { get; init; }

    /// <summary>
    /// How long the stage may take: a deadline for all trials, and for training the best one again where another process or an earlier run has tried it. The trial that is at work at its end is
    /// given back. Default null: no limit.
    /// </summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>
    /// Scores each trial by the mean over so many folds of the training part, each the validation part of what learns from the others: slower by as much, and steadier where the validation part is
    /// small. Folds are divided as <c>Split</c> divides, by class, group or time. The best trial is trained once more, on the whole training part. With a <see cref="Pruner"/> a trial is given up between
    /// folds. Default null: by the validation part.
    /// </summary>
    public int? Folds { get; init; }

    /// <summary>What is made better, measured on the validation part. Default null: the first metric of the task, roc_auc, balanced_accuracy or rmse.</summary>
    public IMetric? Metric { get; init; }

    /// <summary>
    /// What is made better, in place of <see cref="Metric"/>, where it is several things: <c>[TuneObjective.Of(Metrics.LogLoss), TuneObjective.ModelSize]</c>. No trial is the best then, but some are beaten by
    /// no other in all of them: <see cref="TuneReport.ParetoFront"/>. Default none: the metric alone.
    /// </summary>
    public IReadOnlyList<TuneObjective> Objectives { get; init; } = [];

    /// <summary>What trials have to keep to be gone on with: <c>[TuneObjective.PredictionLatency.AtMost(1)]</c>. Samplers look where they are kept. Default none.</summary>
    public IReadOnlyList<TuneConstraint> Constraints { get; init; } = [];

    /// <summary>Chooses the trial to go on with, of <see cref="TuneReport.ParetoFront"/>, by number. Default null: that with the best first objective, the earliest of equals.</summary>
    public Func<IReadOnlyList<TrialRecord>, TrialRecord>? Choose { get; init; }

    /// <summary>What proposes the next trial. Default: <see cref="TpeSampler"/>.</summary>
    public ISampler Sampler { get; init; } = new TpeSampler();

    /// <summary>
    /// What gives trials up early, by the score on the validation part after each tree or epoch that trainers tell. Compares trials at the same step, and so prefers settings that learn fast.
    /// Default null: nothing does.
    /// </summary>
    public IPruner? Pruner { get; init; }

    /// <summary>Where the study is kept, for example <c>new JournalFile("study.jsonl")</c>: a run that was stopped goes on with it, and other processes take part. Default null: study.jsonl in the folder of <c>WithCheckpoints</c>, or in memory.</summary>
    public IStudyStorage? Storage { get; init; }

    /// <summary>How long a worker that is not heard of keeps its trial; one whose process has died on the same machine loses it at once. Default 2 minutes.</summary>
    public TimeSpan HeartbeatLimit { get; init; } = TimeSpan.FromMinutes(2);

    internal IEnumerable<Problem> Validate()
    {
        if (Folds < 2) yield return new Problem("MT1907", $"The 'Folds' option of Tune must be at least 2. Got {Folds}. Leave it out to score by the validation part.");
        if (Trials < 1) yield return new Problem("MT1820", $"The 'Trials' option of Tune must be at least 1. Got {Trials}.");
        if (Metric is not null && Objectives.Count > 0) yield return new Problem("MT1824", $"Tune has a 'Metric', {Metric.Key}, and 'Objectives'. Leave the metric out, or make it one of the objectives by TuneObjective.Of.");
        foreach (var group in Objectives.GroupBy(objective => objective.Key, StringComparer.Ordinal))
        {
            if (group.Count() > 1) yield return new Problem("MT1825", $"The 'Objectives' of Tune have {group.Key} twice. Name each once.");
        }

        foreach (var constraint in Constraints)
        {
            if (!double.IsFinite(constraint.Limit)) yield return new Problem("MT1826", $"The constraint {constraint} of Tune has no finite limit. Give a number, or leave it out.");
        }

        if (TimeBudget is { } budget && budget <= TimeSpan.Zero) yield return new Problem("MT1821", FormattableString.Invariant($"The 'TimeBudget' option of Tune must be more than 0. Got {budget}."));
    }
}
