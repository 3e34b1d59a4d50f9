using System.Runtime.ExceptionServices;

namespace ModelTraining;

/// <summary>Works on the folds, several at a time where threads and memory allow. What comes of a fold does not depend on it.</summary>
internal sealed class FoldLoop(FoldPlan plan, RunState state)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);
    private const int Many = 50;

    private readonly Lock _gate = new();
    private readonly FoldOutcome?[] _outcomes = new FoldOutcome?[plan.Count];
    private readonly Exception?[] _failures = new Exception?[plan.Count];
    private readonly long _started = state.Plan.Time.GetTimestamp();
    private int _done;

    /// <exception cref="OperationCanceledException">The token was signalled: the folds that are done are no whole, and are dropped.</exception>
    public async ValueTask<IReadOnlyList<FoldOutcome>> RunAsync(CancellationToken cancellationToken)
    {
        var parallel = FoldBudget.ParallelFolds(plan, state);
        var threads = Math.Max(1, state.Plan.Threads / parallel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Tell();
        if (parallel == 1)
        {
            for (var fold = 0; fold < plan.Count; fold++) await RunAsync(fold, threads, parallel, stop).ConfigureAwait(false);
        }
        else
        {
            var all = new ParallelOptions { MaxDegreeOfParallelism = parallel };
            await Parallel.ForEachAsync(Enumerable.Range(0, plan.Count), all, async (fold, _) => await RunAsync(fold, threads, parallel, stop).ConfigureAwait(false)).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        // One that failed has stopped the others.
        if ((_failures.FirstOrDefault(failure => failure is not (null or OperationCanceledException)) ?? _failures.FirstOrDefault(failure => failure is not null)) is { } first) ExceptionDispatchInfo.Throw(first);
        return [.. _outcomes.Select(outcome => outcome!)];
    }

    private async ValueTask RunAsync(int fold, int threads, int parallel, CancellationTokenSource stop)
    {
        if (stop.IsCancellationRequested) return;
        try
        {
            var outcome = await new FoldRun(plan, state, fold).RunAsync(threads, Progress(fold), stop.Token).ConfigureAwait(false);
            lock (_gate) Ended(fold, outcome, parallel);
        }
        catch (Exception exception)
        {
            _failures[fold] = exception;
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private void Ended(int fold, FoldOutcome outcome, int parallel)
    {
        _outcomes[fold] = outcome;
        _done++;
        var (key, value) = outcome.Result.Metrics.First();
        Log.FoldEnded(state.Plan.Logger, plan.Name(fold), key, value, outcome.Result.Duration.TotalSeconds);
        foreach (var metric in outcome.Result.Metrics) state.Track?.Invoke(new RunMetric($"fold_{metric.Key}", metric.Value, fold + 1));
        if (_done == 1 && plan.Count >= Many) WarnOfTime(outcome.Result.Duration, parallel);
        Tell();
    }

    private void WarnOfTime(TimeSpan each, int parallel)
    {
        var all = each * ((double)plan.Count / parallel);
        if (all <= Long) return;
        state.Context.Warn($"{ReportNumber.Count(plan.Count)} fits of about {ReportNumber.Time(each)} each, {(parallel == 1 ? "one after the other" : $"{parallel} at a time")}, will take about {ReportNumber.Time(all)}. CrossValidate(10) takes {ReportNumber.Time(each * (10.0 / parallel))}, and its estimate is seldom worse.");
    }

    /// <summary>What a fold's stages tell, with the fold's number; one report at a time.</summary>
    private DirectProgress<TrainingProgress>? Progress(int fold) => state.Progress is not { } progress ? null : new DirectProgress<TrainingProgress>(report =>
    {
        lock (_gate) progress.Report(report with { Fold = fold + 1, FoldCount = plan.Count });
    });

    private void Tell() => state.Progress?.Report(new TrainingProgress
    {
        Stage = "CrossValidate",
        Completed = _done,
        Total = plan.Count,
        Unit = "folds",
        Elapsed = state.Plan.Time.GetElapsedTime(_started),
    });
}
