using System.Globalization;

namespace ModelTraining;

/// <summary>The search of one run: trials until there are enough, the time is over or the caller has had enough; then the run's state is that of the best.</summary>
internal sealed class TuneRun(TunedSpace space, TuneOptions options, IMetric metric, Study study, RunState state)
{
    private readonly PreparedData _shared = new();
    private readonly TimeProvider _time = state.Plan.Time;
    private readonly long _started = state.Plan.Time.GetTimestamp();
    private readonly int _limit = options.Trials ?? (options.TimeBudget is null ? TuneOptions.TrialsWithoutBudget : int.MaxValue);
    private readonly TrialFolds? _folds = options.Folds is { } count ? new TrialFolds(state, metric, count) : null;
    private (int Number, TrialRun Run)? _kept;
    private int _endedBefore;

    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        _endedBefore = study.Trials.Count(trial => trial.HasEnded);
        Tell();
        while (!cancellationToken.IsCancellationRequested && TimeLeft() is { } left && left > TimeSpan.Zero)
        {
            if (study.TryAsk(_limit) is { } trial) await TryAsync(trial, left, cancellationToken).ConfigureAwait(false);
            else if (study.Trials.All(known => known.HasEnded) || !await WaitAsync(left, cancellationToken).ConfigureAwait(false)) break;
        }

        var trials = study.Trials;
        if (study.Best is not { } best) throw Nothing(trials, cancellationToken);
        var run = _kept is { } kept && kept.Number == best.Number ? kept.Run : await RefitAsync(best).ConfigureAwait(false);
        foreach (var warning in run.Warnings) state.Context.Warn(warning);
        state.Adopt(run.State);
        state.StoppedEarly = cancellationToken.IsCancellationRequested;
        state.Context.Report(new TuneReport { Metric = metric.Key, Folds = options.Folds, Direction = metric.Direction, Trials = [.. trials.Where(trial => trial.HasEnded)], Best = best, Importances = study.Importances(), Space = study.Space });
    }

    private async ValueTask TryAsync(Trial trial, TimeSpan left, CancellationToken cancellationToken)
    {
        using var overtime = new CancellationTokenSource(left == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : left, _time);
        using var pruning = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, overtime.Token, pruning.Token);
        try
        {
            if (_folds is not null)
            {
                study.Tell(trial, await _folds.ScoreAsync(space.Steps(trial, state.Plan), options.Pruner is null ? null : (folds, mean) => Report(trial, folds, mean, pruning), stop.Token).ConfigureAwait(false));
                Tell();
                return;
            }

            var run = new TrialRun(state, space.Steps(trial, state.Plan), _shared, options.Pruner is null ? null : (step, score) => Watch(trial, step, score, pruning));
            await run.TrainAsync(stop.Token).ConfigureAwait(false);
            if (run.State.Model.Status == RunStatus.Cancelled) stop.Token.ThrowIfCancellationRequested();
            study.Tell(trial, run.Score(metric));
            if (study.Best?.Number == trial.Number) _kept = (trial.Number, run);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (pruning.IsCancellationRequested) trial.Prune();
            else study.Release(trial.Number);
        }
        catch (Exception exception) when (exception is not ModelTrainingException { Id: "MT4400" or "MT4402" })
        {
            study.Fail(trial, exception.Message);
        }

        Tell();
    }

    /// <summary>A trainer's score is a loss, the objective may be the other way round; a pruner compares only one with another.</summary>
    private void Watch(Trial trial, int step, double score, CancellationTokenSource pruning)
    {
        if (!pruning.IsCancellationRequested) Report(trial, step, metric.Direction == MetricDirection.LowerIsBetter ? score : -score, pruning);
    }

    private static void Report(Trial trial, int step, double value, CancellationTokenSource pruning)
    {
        trial.Report(step, value);
        if (trial.ShouldPrune) pruning.Cancel();
    }

    /// <summary>The best trial was tried elsewhere: its model is made again, and has its score again.</summary>
    private async ValueTask<TrialRun> RefitAsync(TrialRecord best)
    {
        var run = new TrialRun(state, space.Steps(new Trial(study, best), state.Plan), _shared, null);
        await run.TrainAsync(CancellationToken.None).ConfigureAwait(false);
        if (_folds is not null) return run; // of all training rows, which no fold had
        var score = run.Score(metric);
        if (Math.Abs(score - best.Value) > 1e-9 * Math.Max(1, Math.Abs(best.Value)))
        {
            run.Warnings.Add(string.Create(CultureInfo.InvariantCulture, $"Trial {best.Number} came to a {metric.Key} of {best.Value:G6} when it was tried, and to {score:G6} when it was trained again: the trainer, or what Tune was given, has changed since, or works by chance."));
        }

        return run;
    }

    /// <summary>Others are at work on the last trials; one of them may die. False when the time is over.</summary>
    private async ValueTask<bool> WaitAsync(TimeSpan left, CancellationToken cancellationToken)
    {
        var wait = options.HeartbeatLimit / 8;
        try
        {
            await Task.Delay(wait < left ? wait : left, _time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Without what training the best again will take; endless without a budget.</summary>
    private TimeSpan TimeLeft()
    {
        if (options.TimeBudget is not { } budget) return TimeSpan.MaxValue;
        var refit = study.Best is { } best && best.Number != _kept?.Number ? best.EndedAt - best.StartedAt : null;
        return budget - _time.GetElapsedTime(_started) - (refit ?? TimeSpan.Zero);
    }

    private Exception Nothing(IReadOnlyList<TrialRecord> trials, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return new OperationCanceledException(cancellationToken);
        if (trials.Any(trial => trial.HasEnded)) return Study.NothingComplete(trials);
        return new ModelTrainingException("MT2602", string.Create(CultureInfo.InvariantCulture, $"The 'TimeBudget' of Tune, {options.TimeBudget}, was over before the first trial was complete. Give more time, or trainers less to do."));
    }

    private void Tell()
    {
        if (state.Progress is not { } progress) return;
        var ended = study.Trials.Count(trial => trial.HasEnded);
        var elapsed = _time.GetElapsedTime(_started);
        var report = new TrainingProgress { Stage = "Tune", Unit = "trials", Completed = ended, Metric = metric.Key, ValidationScore = study.Best?.Value, Elapsed = elapsed };
        progress.Report(_limit == int.MaxValue
            ? report with { Unit = "seconds", Completed = (long)elapsed.TotalSeconds, Total = (long)options.TimeBudget!.Value.TotalSeconds }
            // As if what was done before had gone at today's pace, so that the time left is right.
            : report with { Total = Math.Max(ended, _limit), Elapsed = ended > _endedBefore ? elapsed * ((double)ended / (ended - _endedBefore)) : elapsed });
    }
}
