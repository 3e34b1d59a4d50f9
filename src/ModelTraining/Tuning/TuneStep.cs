namespace ModelTraining;

/// <summary>Looks for the best settings of what stands between split and model, and goes on with the model of the best.</summary>
internal sealed class TuneStep(TunedSpace space, TuneOptions options) : IRunStep, IHasOptions
{
    public IReadOnlyList<OptionValue> Options => [.. OptionValue.Of(options), .. space.Space.Parameters.Select(parameter => new OptionValue(parameter.Name, parameter.ToString()[(parameter.Name.Length + 2)..], false))];

    public string Name => "Tune";

    public IEnumerable<Problem> Validate()
    {
        if (space.Problems.Count > 0) return [.. options.Validate(), .. space.Problems];
        var problems = options.Validate().Concat(StudyOptions().Validate(space.Space)).ToList();
        return problems.Count > 0 ? problems : space.ProblemsOfFirst(new PipelinePlan());
    }

    public IEnumerable<Problem> Validate(Target target)
    {
        if (options.Metric is { } metric && !metric.Supports(target.Task)) yield return new Problem("MT1823", $"The 'Metric' of Tune, {metric.Key}, is not defined for {target.Task}. Take one of {string.Join(", ", Metrics.For(target.Task).Select(known => known.Key))}.");
    }

    public IEnumerable<Problem> Validate(Target target, DataSplit split)
    {
        if (options.Folds is null && split.ValidationRows.IsEmpty) yield return ValidationPart.Missing(Name);
    }

    public async ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        var metric = options.Metric ?? Metrics.Primary(state.Target.Task);
        var storage = options.Storage ?? (state.Plan.Checkpoints is { } kept ? new JournalFile(Path.Combine(kept.Folder, "study.jsonl"), state.Plan.Time) : null);
        using var study = new Study(space.Space, _ => StudyOptions() with
        {
            Directions = [metric.Direction],
            Seed = state.Random("tune").NextBits(),
            Storage = storage,
            Subject = $"{metric.Key} of {DataFingerprint.Of(state.Table)} with {RowsFingerprint.Of(state.Split)}{(options.Folds is { } folds ? $" in {folds} folds" : "")}, seed {state.Plan.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
            Time = state.Plan.Time,
        });
        await new TuneRun(space, options, metric, study, state).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private StudyOptions StudyOptions() => new() { Sampler = options.Sampler, Pruner = options.Pruner, HeartbeatLimit = options.HeartbeatLimit };
}
