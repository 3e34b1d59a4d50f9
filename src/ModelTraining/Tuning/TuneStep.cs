namespace ModelTraining;

/// <summary>Looks for the best settings of what stands between split and model, and goes on with the model of the best.</summary>
internal sealed class TuneStep(TunedSpace space, TuneOptions options) : IRunStep, IHasOptions
{
    public IReadOnlyList<OptionValue> Options => [.. OptionValue.Of(options), .. space.Space.Parameters.Select(parameter => new OptionValue(parameter.Name, parameter.ToString()[(parameter.Name.Length + 2)..], false))];

    public string Name => "Tune";

    public IEnumerable<Problem> Validate()
    {
        if (space.Problems.Count > 0) return [.. options.Validate(), .. space.Problems];
        var directions = Enumerable.Repeat(MetricDirection.LowerIsBetter, Math.Max(1, options.Objectives.Count)).ToList(); // how many, which is all that is known by now
        var problems = options.Validate().Concat((StudyOptions() with { Directions = directions }).Validate(space.Space)).ToList();
        return problems.Count > 0 ? problems : space.ProblemsOfFirst(new PipelinePlan());
    }

    public IEnumerable<Problem> Validate(Target target)
    {
        foreach (var objective in Objectives(target.Task).Concat(options.Constraints.Select(constraint => constraint.Objective)).DistinctBy(objective => objective.Key))
        {
            if (!objective.Supports(target.Task)) yield return new Problem("MT1823", $"A metric of Tune, {objective.Key}, is not defined for {target.Task}. Take one of {string.Join(", ", Metrics.For(target.Task).Select(known => known.Key))}.");
        }
    }

    public IEnumerable<Problem> Validate(Target target, DataSplit split)
    {
        if (options.Folds is null && split.ValidationRows.IsEmpty) yield return ValidationPart.Missing(Name);
    }

    public async ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        var objectives = Objectives(state.Target.Task);
        var judgedBy = string.Join(", ", objectives.Select(objective => objective.Key).Concat(options.Constraints.Select(constraint => constraint.ToString())));
        // In a fold the study is another one, of other rows: it is kept beside the fold's checkpoints, or not at all.
        var storage = (state.InFold ? null : options.Storage) ?? (state.Plan.Checkpoints is { } kept ? new JournalFile(Path.Combine(kept.Folder, "study.jsonl"), state.Plan.Time) : null);
        using var study = new Study(space.Space, _ => StudyOptions() with
        {
            Directions = [.. objectives.Select(objective => objective.Direction)],
            Seed = state.Random("tune").NextBits(),
            Storage = storage,
            Subject = $"{judgedBy} of {DataFingerprint.Of(state.Table)} with {RowsFingerprint.Of(state.Split)}{(options.Folds is { } folds ? $" in {folds} folds" : "")}, seed {state.Plan.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
            Time = state.Plan.Time,
        });
        await new TuneRun(space, options, objectives, study, state).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private IReadOnlyList<TuneObjective> Objectives(LearningTask task) => options.Objectives.Count > 0 ? options.Objectives : [TuneObjective.Of(options.Metric ?? Metrics.Primary(task))];

    private StudyOptions StudyOptions() => new() { Sampler = options.Sampler, Pruner = options.Pruner, HeartbeatLimit = options.HeartbeatLimit };
}
