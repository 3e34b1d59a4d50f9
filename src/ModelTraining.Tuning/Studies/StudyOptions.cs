namespace ModelTraining;

/// <summary>Options of a <see cref="Study"/>.</summary>
public sealed record StudyOptions
{
    /// <summary>What proposes the next trial. Default: <see cref="TpeSampler"/>.</summary>
    public ISampler Sampler { get; init; } = new TpeSampler();

    /// <summary>What gives trials up early, by what they report. Default null: nothing does.</summary>
    public IPruner? Pruner { get; init; }

    /// <summary>Which way each objective gets better, one or more. Default one: less is better.</summary>
    public IReadOnlyList<MetricDirection> Directions { get; init; } = [MetricDirection.LowerIsBetter];

    /// <summary>The seed of all proposals. A stored study goes on only with its own. Default 42.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Where the study is kept, for example <c>new JournalFile("study.jsonl")</c>; one that has trials already goes on with them. Default null: in memory.</summary>
    public IStudyStorage? Storage { get; init; }

    /// <summary>What the objectives are measured on: a data set, a version of the code. A stored study goes on only with the same, since others' scores don't compare. Default empty.</summary>
    public string Subject { get; init; } = "";

    /// <summary>How long a worker that is not heard of keeps its trial; one whose process has died on the same machine loses it at once. Default 2 minutes.</summary>
    public TimeSpan HeartbeatLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal IEnumerable<Problem> Validate(SearchSpace space)
    {
        if (space.Parameters.Count == 0) yield return new Problem("MT1807", "The search space has no parameter. Declare what is to be looked for, for example space.Float(\"learning_rate\", 0.01, 0.3, log: true).");
        if (Directions.Count == 0 || Directions.Any(direction => !Enum.IsDefined(direction))) yield return new Problem("MT1812", "The 'Directions' option of Study must say of each objective which way it gets better, at least one.");
        if (HeartbeatLimit < TimeSpan.FromSeconds(1)) yield return new Problem("MT1812", FormattableString.Invariant($"The 'HeartbeatLimit' option of Study must be at least a second. Got {HeartbeatLimit}."));
        if (Pruner is not null && Directions.Count > 1) yield return new Problem("MT1813", $"A pruner compares by one objective, and the study has {Directions.Count}. Leave 'Pruner' out.");
        foreach (var problem in Sampler.Validate(space, Directions.Count).Concat(Pruner?.Validate() ?? [])) yield return problem;
    }
}
