namespace ModelTraining;

/// <summary>One trial: its steps, on a state of its own that begins where the run's is, and what it is judged by.</summary>
internal sealed class TrialRun
{
    private readonly RunState _state;
    private readonly IReadOnlyList<IRunStep> _steps;
    private readonly PreparedData _shared;
    private readonly TrialMemory _memory;
    private EvaluatedRows? _rows;
    private byte[]? _bytes;

    /// <param name="state">The run's, behind the split.</param>
    /// <param name="steps">From features to model.</param>
    /// <param name="shared">What trials have in common.</param>
    /// <param name="scored">Told of each score on the way; null when nobody asks.</param>
    public TrialRun(RunState state, IReadOnlyList<IRunStep> steps, PreparedData shared, Action<int, double>? scored)
    {
        (_steps, _shared, _memory) = (steps, shared, new TrialMemory(state.Plan.MemoryLimitBytes, new ProcessMemory()));
        _state = state.Fork(state.Plan with { Checkpoints = null }, Warnings.Add, scored);
    }

    /// <summary>What came of it.</summary>
    public RunState State => _state;

    /// <summary>What it warned of, for the log and report of a run that goes on with it.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>How long the steps behind the features took.</summary>
    public TimeSpan TrainingTime { get; private set; }

    /// <summary>The file that would be exported.</summary>
    public byte[] ModelBytes => _bytes ??= new ModelExporter(_state).ToBytes();

    /// <summary>Does the steps. The model's status says whether it was stopped.</summary>
    /// <exception cref="ModelTrainingException">The settings don't fit the data, or a step failed. MT2603: the trial does not fit into memory.</exception>
    public async ValueTask TrainAsync(CancellationToken cancellationToken)
    {
        var problems = _steps.SelectMany(step => step.Validate().Concat(step.Validate(_state.Table.Schema)).Concat(step.Validate(_state.Target)).Concat(step.Validate(_state.Target, _state.Split))).ToList();
        if (problems.Count > 0) throw new ModelTrainingException(problems);
        foreach (var step in _steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await RunAsync(step, cancellationToken).ConfigureAwait(false);
            if (_state.HasModel && _state.Model.Status == RunStatus.Cancelled) return;
        }
    }

    /// <summary>A metric on the validation part.</summary>
    public double Score(IMetric metric)
    {
        _rows ??= ValidationPart.Predict(_state) with { Threshold = _state.Threshold };
        var measured = metric.Start(_state.Target.Classes.Count);
        measured.Update(_rows.Batch());
        return measured.Compute();
    }

    private async ValueTask RunAsync(IRunStep step, CancellationToken cancellationToken)
    {
        if (step is PrepareStep prepare)
        {
            await _shared.PrepareAsync(prepare, _state, _memory, Warnings, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (step is TrainStep train) _memory.CheckTraining(train.Trainer, _state.Data, _state.Plan.Threads);
        var started = _state.Plan.Time.GetTimestamp();
        await step.RunAsync(_state, cancellationToken).ConfigureAwait(false);
        TrainingTime += _state.Plan.Time.GetElapsedTime(started);
    }
}
