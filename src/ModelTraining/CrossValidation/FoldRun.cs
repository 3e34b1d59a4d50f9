namespace ModelTraining;

/// <summary>One fold: the steps, on a state of its own that begins where the run's is, and its metrics.</summary>
internal sealed class FoldRun(FoldPlan plan, RunState state, int fold)
{
    private readonly List<string> _warnings = [];

    /// <param name="threads">How many threads it may use.</param>
    /// <param name="progress">Told what its stages do; null when nobody listens.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ModelTrainingException">A step failed; the place names step and fold.</exception>
    public async ValueTask<FoldOutcome> RunAsync(int threads, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Source.StartActivity("fold");
        activity?.SetTag("fold", fold + 1);
        var started = state.Plan.Time.GetTimestamp();
        var checkpoints = state.Plan.Checkpoints is { } kept ? kept with { Folder = Path.Combine(kept.Folder, FormattableString.Invariant($"fold-{fold + 1}")) } : null;
        var own = state.Fork(state.Plan with { Threads = threads, Checkpoints = checkpoints }, _warnings.Add, null, progress, inFold: true);
        own.Split = plan.Split(fold);
        foreach (var planned in plan.Steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new TrainingProgress { Stage = planned.Step.Name });
            await RunAsync(planned, own, cancellationToken).ConfigureAwait(false);
            if (own.StoppedEarly || (own.HasModel && own.Model.Status == RunStatus.Cancelled)) cancellationToken.ThrowIfCancellationRequested();
        }

        if (!own.HasModel) throw new ModelTrainingException("MT1908", "CrossValidate measures models, and the pipeline trains none. Add Train or Tune, or use Split.");
        return Outcome(own, started, cancellationToken);
    }

    private async ValueTask RunAsync(PlannedStep planned, RunState own, CancellationToken cancellationToken)
    {
        try
        {
            var problems = planned.Step.Validate(own.Target, own.Split).ToList();
            if (problems.Count > 0) throw new ModelTrainingException(problems);
            await planned.Step.RunAsync(own, cancellationToken).ConfigureAwait(false);
        }
        catch (ModelTrainingException exception) when (exception.Place is null)
        {
            throw new ModelTrainingException(exception.Problems, Place(planned), exception);
        }
        catch (Exception exception) when (exception is not (ModelTrainingException or OperationCanceledException))
        {
            throw new ModelTrainingException([new Problem("MT3000", $"{planned.Step.Name} failed: {exception.Message}")], Place(planned), exception);
        }
    }

    private string Place(PlannedStep planned) => $"{plan.Place(planned)}, {plan.Name(fold)}";

    private FoldOutcome Outcome(RunState own, long started, CancellationToken cancellationToken)
    {
        var evaluator = new Evaluator(plan.Evaluate, own.Target);
        var rows = evaluator.Predict(own.Model, own.Data, own.Split.TestRows, own.Plan.Threads, own.Threshold, cancellationToken);
        var guess = BaselineGuess.From(own.Target, own.Split.TrainingRows.Span, own.Weights.Span);
        var result = new FoldResult
        {
            Number = (fold % plan.PerRepeat) + 1,
            Repeat = (fold / plan.PerRepeat) + 1,
            TrainingCount = own.Split.TrainingRows.Length,
            ValidationCount = own.Split.ValidationRows.Length,
            TestRows = own.Split.TestRows,
            Metrics = evaluator.Measure(rows),
            Baseline = evaluator.MeasureBaseline(guess, rows),
            Duration = own.Plan.Time.GetElapsedTime(started),
            History = plan.Options.LeaveOneOut ? null : own.Model.History,
            Threshold = own.Threshold,
            Reports = own.Context.Reports,
        };
        var model = plan.Options.Final == FinalModel.Ensemble ? new FoldModel(own.Features, own.Model, own.Threshold, own.FeatureOptions, own.Functions, own.Table) : null;
        return new FoldOutcome(result, own.Target, rows.Outputs, _warnings, model);
    }
}
