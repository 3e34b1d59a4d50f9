using System.Diagnostics;

namespace ModelTraining;

/// <summary>Checks a plan, then does its steps one after the other, with progress, log, traces and metrics around each.</summary>
internal sealed class PipelineRunner(PipelinePlan plan)
{
    private readonly int _count = plan.Steps.Length;
    private readonly List<string> _warnings = [];
    private int _number = 1;

    public async Task<PipelineRun> RunAsync(CancellationToken cancellationToken)
    {
        ThrowIfAny(plan.Validate().Concat(Problems(step => step.Validate())));
        cancellationToken.ThrowIfCancellationRequested();
        using var activity = Telemetry.Source.StartActivity("run");
        var description = ((ReadStep)plan.Steps[0].Step).Source.Description;
        activity?.SetTag("source", description);
        Log.RunStarted(plan.Logger, description, _count, plan.Seed);
        var context = new StageContext { Random = new SeededRandom(plan.Seed).Fork("stages"), Threads = plan.Threads, Warn = Warn };
        var tracking = new RunTracking(plan, Warn);
        var spill = plan.SpillFolder is { } folder ? new SpillStore(folder, Warn) : null;
        var state = new RunState(plan, context, Progress(tracking)) { Cancelled = cancellationToken, Spill = spill, Track = tracking.IsOn ? tracking.Log : null };
        try
        {
            await tracking.StartAsync(description, state.StartedAt, cancellationToken).ConfigureAwait(false);
            var run = await RunStepsAsync(state, tracking, description, cancellationToken).ConfigureAwait(false);
            var told = _warnings.Count;
            await tracking.EndAsync(run).ConfigureAwait(false);
            state.Warnings.AddRange(_warnings.Skip(told)); // of a tracker that could not keep the end
            return run;
        }
        catch (Exception exception)
        {
            spill?.Dispose();
            await tracking.FailAsync(exception).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<PipelineRun> RunStepsAsync(RunState state, RunTracking tracking, string description, CancellationToken cancellationToken)
    {
        var started = plan.Time.GetTimestamp();
        for (_number = 1; _number <= _count; _number++)
        {
            if (state.ModelIsOfFolds && plan.Steps[_number - 1].Step.FitsModel) continue;

            // Once a model is there, cancelling has done its work: what is left is short, and makes the model usable.
            var token = state.HasModel ? CancellationToken.None : cancellationToken;
            await RunStepAsync(plan.Steps[_number - 1], state, token).ConfigureAwait(false);
            if (ChangesColumns(plan.Steps[_number - 1].Step)) ThrowIfAny(SchemaProblems(state.Table.Schema));
            if (plan.Steps[_number - 1].Step is SplitStep or TuneStep { Divides: true }) ThrowIfAny(Problems(step => step.Validate(state.Target).Concat(step.Validate(state.Target, state.Split))));
            await tracking.AfterAsync(plan.Steps[_number - 1].Step, state).ConfigureAwait(false);
        }

        _number = _count;
        state.Warnings.AddRange(_warnings);
        var elapsed = plan.Time.GetElapsedTime(started);
        var run = state.ToRun(description);
        Telemetry.Runs.Add(1, new KeyValuePair<string, object?>("status", run.Status.ToString()));
        Log.RunEnded(plan.Logger, run.Status, elapsed.TotalSeconds);
        return run;
    }

    private async ValueTask RunStepAsync(PlannedStep planned, RunState state, CancellationToken cancellationToken)
    {
        var name = planned.Step.Name;
        using var activity = Telemetry.Source.StartActivity(name);
        Log.StageStarted(plan.Logger, name, _number, _count);
        state.Progress?.Report(new TrainingProgress { Stage = name });
        var started = plan.Time.GetTimestamp();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await planned.Step.RunAsync(state, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            Log.StageCancelled(plan.Logger, name);
            Fail(activity, exception);
            throw;
        }
        catch (ModelTrainingException exception)
        {
            Log.StageFailed(plan.Logger, name, exception);
            Fail(activity, exception);
            throw exception.Place is null ? new ModelTrainingException(exception.Problems, planned.Place(_number, _count), exception) : exception;
        }
        catch (Exception exception)
        {
            Log.StageFailed(plan.Logger, name, exception);
            Fail(activity, exception);
            throw new ModelTrainingException([new Problem("MT3000", $"{name} failed: {(exception is TypeInitializationException ? exception.GetBaseException() : exception).Message}")], planned.Place(_number, _count), exception);
        }

        var elapsed = plan.Time.GetElapsedTime(started);
        state.Timings.Add(new StageTiming(name, elapsed));
        Telemetry.StageDuration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("stage", name));
        Log.StageEnded(plan.Logger, name, elapsed.TotalSeconds, state.Table.RowCount, state.Table.Columns.Count);
    }

    private static void Fail(Activity? activity, Exception exception) => activity?.SetStatus(ActivityStatusCode.Error, exception.Message);

    private void Warn(string warning)
    {
        if (_warnings.Contains(warning)) return; // of a fold, and of all rows
        Log.Warned(plan.Logger, plan.Steps[_number - 1].Step.Name, warning);
        _warnings.Add(warning);
    }

    private DirectProgress<TrainingProgress>? Progress(RunTracking tracking) => plan.Progress is null && !tracking.IsOn
        ? null
        : new DirectProgress<TrainingProgress>(report =>
        {
            tracking.Report(report);
            plan.Progress?.Report(report with { StageNumber = _number, StageCount = _count });
        });

    private IEnumerable<Problem> Problems(Func<IRunStep, IEnumerable<Problem>> of) =>
        plan.Steps.SelectMany((planned, i) => of(planned.Step).Select(problem => problem with { Message = $"{problem.Message} ({planned.Place(i + 1, _count)})" }));

    /// <summary>What does not fit the columns that are there now, of the steps to come. A column that is missing may be added by a stage of someone else's: it is missed once that is done.</summary>
    private IEnumerable<Problem> SchemaProblems(Schema schema)
    {
        var mayBeAdded = false;
        var computed = Computed(_number);
        for (var i = _number; i < _count; i++)
        {
            if (plan.Steps[i].Step is FeatureOptionsStep) computed = Computed(i + 1);
            foreach (var problem in plan.Steps[i].Step.Validate(schema, computed))
            {
                if (!(mayBeAdded && problem.Id == "MT2001")) yield return problem with { Message = $"{problem.Message} ({plan.Steps[i].Place(i + 1, _count)})" };
            }

            mayBeAdded |= ChangesColumns(plan.Steps[i].Step);
        }
    }

    /// <summary>What the functions of the last Features among the first steps add.</summary>
    private IReadOnlyList<ColumnInfo> Computed(int steps) => plan.Steps.Take(steps).Select(planned => planned.Step).OfType<FeatureOptionsStep>().LastOrDefault()?.Adds ?? [];

    /// <summary>Whether nobody knows its columns before it is done. Stages of ours add none before the data is split.</summary>
    private static bool ChangesColumns(IRunStep step) => step is ReadStep or StageStep { IsForeign: true } or TuneStep { Divides: true };

    private static void ThrowIfAny(IEnumerable<Problem> found)
    {
        var problems = found.ToList();
        if (problems.Count > 0) throw new ModelTrainingException(problems);
    }
}
