namespace ModelTraining;

/// <summary>Trains the model.</summary>
internal sealed class TrainStep(ITrainer trainer) : IRunStep, IHasOptions, IBackendStep<IRunStep>
{
    public IReadOnlyList<OptionValue> Options => (trainer as IHasOptions)?.Options ?? [];

    public string Name => "Train";

    public ITrainer Trainer => trainer;

    public string? HoldsInMemory => trainer.Needs.OutOfCore ? null : trainer.Name;

    public IEnumerable<Problem> Validate() => trainer.Validate();

    public IRunStep? With(ITrainingBackend backend) => (trainer as IBackendStep<ITrainer>)?.With(backend) is { } other ? new TrainStep(other) : null;

    public async ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        var context = new TrainingContext
        {
            Random = state.Random("train"),
            Threads = state.Plan.Threads,
            Progress = state.Progress,
            Scored = state.Scored,
            Time = state.Plan.Time,
            Warn = state.Context.Warn,
            Log = (level, message) => Log.TrainerSaid(state.Plan.Logger, level, trainer.Name, message),
            Checkpoints = state.Plan.Checkpoints,
            RowOfSource = row => state.Table.Origin(row) + 1,
            IsExported = state.Plan.Steps.Any(planned => planned.Step is ExportStep or StoreExportStep),
        };
        if (context.Checkpoints is not null && !trainer.KeepsCheckpoints) context.Warn($"{trainer.Name} keeps no checkpoints: a run that is stopped trains from the beginning.");
        var data = await Balancing.ApplyAsync(state, cancellationToken).ConfigureAwait(false);
        state.Model = await trainer.TrainAsync(data, context, cancellationToken).ConfigureAwait(false);
        if (state.Model.Status == RunStatus.Cancelled) Log.TrainingCancelled(state.Plan.Logger);
    }
}
