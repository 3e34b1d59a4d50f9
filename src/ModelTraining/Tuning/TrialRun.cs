namespace ModelTraining;

/// <summary>One trial: its steps, on a state of its own that begins where the run's is, and its score on the validation part.</summary>
internal sealed class TrialRun
{
    private readonly RunState _state;
    private readonly IReadOnlyList<IRunStep> _steps;
    private readonly PreparedData _shared;

    /// <param name="state">The run's, behind the split.</param>
    /// <param name="steps">From features to model.</param>
    /// <param name="shared">What trials have in common.</param>
    /// <param name="scored">Told of each score on the way; null when nobody asks.</param>
    public TrialRun(RunState state, IReadOnlyList<IRunStep> steps, PreparedData shared, Action<int, double>? scored)
    {
        (_steps, _shared) = (steps, shared);
        _state = state.Fork(state.Plan with { Checkpoints = null }, Warnings.Add, scored);
    }

    /// <summary>What came of it.</summary>
    public RunState State => _state;

    /// <summary>What it warned of, for the log and report of a run that goes on with it.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Does the steps. The model's status says whether it was stopped.</summary>
    /// <exception cref="ModelTrainingException">The settings don't fit the data, or a step failed.</exception>
    public async ValueTask TrainAsync(CancellationToken cancellationToken)
    {
        var problems = _steps.SelectMany(step => step.Validate().Concat(step.Validate(_state.Table.Schema)).Concat(step.Validate(_state.Target)).Concat(step.Validate(_state.Target, _state.Split))).ToList();
        if (problems.Count > 0) throw new ModelTrainingException(problems);
        foreach (var step in _steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (step is PrepareStep prepare) await _shared.PrepareAsync(prepare, _state, Warnings, cancellationToken).ConfigureAwait(false);
            else await step.RunAsync(_state, cancellationToken).ConfigureAwait(false);
            if (_state.HasModel && _state.Model.Status == RunStatus.Cancelled) return;
        }
    }

    /// <summary>How good the model is on the validation part.</summary>
    public double Score(IMetric metric)
    {
        var rows = ValidationPart.Predict(_state) with { Threshold = _state.Threshold };
        var measured = metric.Start(_state.Target.Classes.Count);
        measured.Update(rows.Batch());
        return measured.Compute();
    }
}
