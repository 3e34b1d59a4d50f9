using System.Globalization;

namespace ModelTraining;

/// <summary>The search of one run: trials until there are enough, the time is over or the caller has had enough; then the run's state is that of the best.</summary>
internal sealed class TuneRun(TunedSpace space, TuneOptions options, IReadOnlyList<TuneObjective> objectives, Study study, RunState state, TrialStages? stages, long started)
{
    private readonly PreparedData _shared = new();
    private readonly TimeProvider _time = state.Plan.Time;
    private readonly int _limit = options.Trials ?? (options.TimeBudget is null ? TuneOptions.TrialsWithoutBudget : int.MaxValue);
    private readonly TrialFolds? _folds = options.Folds is { } count ? new TrialFolds(state, count) : null;
    private readonly Dictionary<int, TrialRun> _runs = [];
    private TimeSpan? _scoreTime;
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
        if (study.ParetoFront is not { Count: > 0 } front) throw Nothing(trials, cancellationToken);
        var best = Choose(front);
        var run = _runs[best.Number] = _runs.GetValueOrDefault(best.Number) ?? await RefitAsync(best).ConfigureAwait(false);
        var ensemble = options.Ensemble == 0 ? null : await EnsembleAsync(run, cancellationToken).ConfigureAwait(false);
        foreach (var warning in run.Warnings.Concat(ensemble?.Warnings ?? []).Distinct()) state.Context.Warn(warning);
        if (stages is not null) state.AdoptStages(run.Start);
        state.Adopt(run.State);
        ensemble?.Adopt(state);
        state.StoppedEarly = cancellationToken.IsCancellationRequested;
        state.Context.Report(new TuneReport
        {
            Objectives = objectives,
            Constraints = options.Constraints,
            Folds = options.Folds,
            Trials = [.. trials.Where(trial => trial.HasEnded)],
            Best = best,
            Choice = Words(best, front.Count),
            Ensemble = ensemble?.Report,
            Importances = study.Importances(),
            Space = study.Space,
        });
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
                Tell(trial, await _folds.MeasureAsync(space.Steps(trial, state.Plan), Measure, options.Pruner is null ? null : (folds, means) => Report(trial, folds, means[objectives[0].Key], pruning), stop.Token).ConfigureAwait(false));
                Tell();
                return;
            }

            var run = await BeginAsync(trial, options.Pruner is null ? null : (step, score) => Watch(trial, step, score, pruning), stop.Token).ConfigureAwait(false);
            await run.TrainAsync(stop.Token).ConfigureAwait(false);
            if (run.State.Model.Status == RunStatus.Cancelled) stop.Token.ThrowIfCancellationRequested();
            Tell(trial, Measure(run));
            Keep(trial.Number, run);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (pruning.IsCancellationRequested) trial.Prune();
            else study.Release(trial.Number);
        }
        catch (ModelTrainingException exception) when (exception.Id == TrialMemory.DoesNotFit)
        {
            study.Skip(trial, exception.Message);
        }
        catch (Exception exception) when (exception is not ModelTrainingException { Id: "MT4400" or "MT4402" })
        {
            study.Fail(trial, exception.Message);
        }

        Tell();
    }

    /// <summary>A trial on what the stages before the split made of the rows, where it has some.</summary>
    private async ValueTask<TrialRun> BeginAsync(Trial trial, Action<int, double>? scored, CancellationToken cancellationToken)
    {
        if (stages is null) return new TrialRun(state, space.Steps(trial, state.Plan), _shared, scored);
        var (before, behind) = space.StepsAroundSplit(trial, state.Plan);
        var (from, warnings) = await stages.RunAsync(before, cancellationToken).ConfigureAwait(false);
        var run = new TrialRun(from, behind, _shared, scored);
        run.Warnings.AddRange(warnings);
        return run;
    }

    /// <summary>What the trial is judged by, each measured once.</summary>
    private Dictionary<string, double> Measure(TrialRun run) => objectives.Concat(options.Constraints.Select(constraint => constraint.Objective))
        .DistinctBy(objective => objective.Key).ToDictionary(objective => objective.Key, objective => objective.Measure(run), StringComparer.Ordinal);

    private void Tell(Trial trial, Dictionary<string, double> measured)
    {
        foreach (var constraint in options.Constraints) trial.Constrain(constraint.Violation(measured[constraint.Objective.Key]));
        study.Tell(trial, [.. objectives.Select(objective => measured[objective.Key])]);
    }

    private TrialRecord Choose(IReadOnlyList<TrialRecord> front)
    {
        if (options.Choose is null) return study.Best!;
        var chosen = options.Choose(front);
        return front.FirstOrDefault(trial => trial.Number == chosen?.Number) ?? throw new ModelTrainingException("MT2604", $"The function 'Choose' of Tune gave {(chosen is null ? "nothing" : $"trial {chosen.Number}")}, which is none of the front's {front.Count}. Give one of those that it was given.");
    }

    private string Words(TrialRecord best, int front)
    {
        var kept = options.Constraints.Count > 0 ? $" that keep {string.Join(" and ", options.Constraints)}" : "";
        var of = objectives.Count > 1 ? $"of the front's {front} trials{kept}" : $"of the trials{kept}";
        return $"Trial {best.Number}: {of}, {(options.Choose is null ? $"that with the best {objectives[0].Key}" : "the one that 'Choose' chose")}.";
    }

    /// <summary>A trainer's score is a loss, the objective may be the other way round; a pruner compares only one with another.</summary>
    private void Watch(Trial trial, int step, double score, CancellationTokenSource pruning)
    {
        if (!pruning.IsCancellationRequested) Report(trial, step, objectives[0].Direction == MetricDirection.LowerIsBetter ? score : -score, pruning);
    }

    private static void Report(Trial trial, int step, double value, CancellationTokenSource pruning)
    {
        trial.Report(step, value);
        if (trial.ShouldPrune) pruning.Cancel();
    }

    /// <summary>The best trial was tried elsewhere: its model is made again, and has its score again.</summary>
    private async ValueTask<TrialRun> RefitAsync(TrialRecord best)
    {
        var run = await BeginAsync(new Trial(study, best), null, CancellationToken.None).ConfigureAwait(false);
        await run.TrainAsync(CancellationToken.None).ConfigureAwait(false);
        if (_folds is not null) return run; // of all training rows, which no fold had
        for (var i = 0; i < objectives.Count; i++)
        {
            if (!objectives[i].IsRepeatable) continue;
            var (before, now) = (best.Values[i], objectives[i].Measure(run));
            if (Math.Abs(now - before) > 1e-9 * Math.Max(1, Math.Abs(before)))
            {
                run.Warnings.Add(string.Create(CultureInfo.InvariantCulture, $"Trial {best.Number} came to a {objectives[i].Key} of {before:G6} when it was tried, and to {now:G6} when it was trained again: the trainer, or what Tune was given, has changed since, or works by chance."));
            }
        }

        return run;
    }

    /// <summary>The models that may be gone on with.</summary>
    private void Keep(int number, TrialRun run)
    {
        _runs[number] = run;
        var wanted = Candidates().Select(trial => trial.Number).ToHashSet();
        foreach (var kept in _runs.Keys.Where(kept => !wanted.Contains(kept)).ToList()) _runs.Remove(kept);
        if (options.Ensemble == 0) return;
        var begun = _time.GetTimestamp();
        objectives[0].Measure(run); // once more: what the model says is there by now, and this is the metric alone
        var time = _time.GetElapsedTime(begun);
        if (!(time > _scoreTime)) _scoreTime = time; // the first time compiles
    }

    private IEnumerable<TrialRecord> Candidates() => options.Ensemble == 0
        ? study.Best is { } best ? [best] : []
        : TrialRanking.Order(study.Trials, study.Directions).Where(trial => trial.State == TrialState.Complete && trial.IsFeasible).Take(options.Ensemble);

    /// <summary>Of the best trials; those that were tried elsewhere are trained again as long as there is time.</summary>
    private async ValueTask<TrialEnsemble> EnsembleAsync(TrialRun best, CancellationToken cancellationToken)
    {
        var candidates = new List<(TrialRecord Trial, TrialRun Run)>();
        foreach (var trial in Candidates())
        {
            var run = candidates.Count == 0 ? best : _runs.GetValueOrDefault(trial.Number);
            if (run is null && !cancellationToken.IsCancellationRequested && TimeLeft() > trial.EndedAt - trial.StartedAt) run = await RefitAsync(trial).ConfigureAwait(false);
            // Other columns, or other rows to learn from, are no part of the same table.
            if (run is not null && ReferenceEquals(run.State.Table, best.State.Table)) candidates.Add((trial, run));
        }

        return TrialEnsemble.Of(((MetricObjective)objectives[0]).Metric, candidates, () => cancellationToken.IsCancellationRequested || (options.TimeBudget is { } budget && _time.GetElapsedTime(started) > budget));
    }

    /// <summary>Others are at work on the last trials; one of them may die. False when the time is over.</summary>
    private async ValueTask<bool> WaitAsync(TimeSpan left, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Study.Patience < left ? Study.Patience : left, _time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Without what training the best again, and choosing an ensemble, will take; endless without a budget.</summary>
    private TimeSpan TimeLeft()
    {
        if (options.TimeBudget is not { } budget) return TimeSpan.MaxValue;
        // Which of a front will be chosen is not known before its end.
        var again = (options.Choose is null ? study.Best is { } best ? [best] : [] : study.ParetoFront).Where(trial => !_runs.ContainsKey(trial.Number)).Select(trial => trial.EndedAt - trial.StartedAt).Max();
        // What it takes at most is seldom needed, and an ensemble that runs out of time is given up.
        var ensemble = _scoreTime is { } score ? score * TrialEnsemble.LikelyScores(options.Ensemble) : TimeSpan.Zero;
        if (ensemble > budget / 10) ensemble = budget / 10;
        return budget - _time.GetElapsedTime(started) - (again ?? TimeSpan.Zero) - ensemble;
    }

    private Exception Nothing(IReadOnlyList<TrialRecord> trials, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return new OperationCanceledException(cancellationToken);
        if (trials.Any(trial => trial.State == TrialState.Complete) && options.Constraints.Count > 0) return NothingFeasible(trials);
        if (trials.Any(trial => trial.HasEnded)) return Study.NothingComplete(trials);
        return new ModelTrainingException("MT2602", string.Create(CultureInfo.InvariantCulture, $"The 'TimeBudget' of Tune, {options.TimeBudget}, was over before the first trial was complete. Give more time, or trainers less to do."));
    }

    /// <summary>Of each constraint, how close trials came to it.</summary>
    private ModelTrainingException NothingFeasible(IReadOnlyList<TrialRecord> trials)
    {
        var complete = trials.Where(trial => trial.State == TrialState.Complete).ToList();
        var words = options.Constraints.Select((constraint, i) => string.Create(CultureInfo.InvariantCulture,
            $"{constraint} is kept by {complete.Count(trial => trial.Constraints[i] <= 0)}, the closest to it has {constraint.ValueOf(complete.Min(trial => trial.Constraints[i])):G5}"));
        return new ModelTrainingException("MT2605", string.Create(CultureInfo.InvariantCulture, $"None of {complete.Count} complete trials keeps all constraints of Tune: {string.Join("; ", words)}. Loosen them, or search elsewhere."));
    }

    private void Tell()
    {
        if (state.Progress is not { } progress) return;
        var ended = study.Trials.Count(trial => trial.HasEnded);
        var elapsed = _time.GetElapsedTime(started);
        var report = new TrainingProgress { Stage = "Tune", Unit = "trials", Completed = ended, Metric = objectives[0].Key, ValidationScore = study.Best?.Value, Elapsed = elapsed };
        progress.Report(_limit == int.MaxValue
            ? report with { Unit = "seconds", Completed = (long)elapsed.TotalSeconds, Total = (long)options.TimeBudget!.Value.TotalSeconds }
            // As if what was done before had gone at today's pace, so that the time left is right.
            : report with { Total = Math.Max(ended, _limit), Elapsed = ended > _endedBefore ? elapsed * ((double)ended / (ended - _endedBefore)) : elapsed });
    }
}
