using System.Globalization;

namespace ModelTraining;

/// <summary>
/// Tells the trackers of a plan what becomes of a run. A tracker that can't begin ends the run before it has begun; one that fails later is warned of once, and
/// from then on only told how the run ended.
/// </summary>
internal sealed class RunTracking(PipelinePlan plan, Action<string> warn)
{
    private readonly List<Tracked> _runs = [];
    private readonly HashSet<long> _steps = [];
    private readonly HashSet<string> _artifacts = new(StringComparer.OrdinalIgnoreCase);
    private bool _trained;
    private int _exports;

    public bool IsOn => plan.Trackers.Length > 0;

    public async ValueTask StartAsync(string description, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        if (!IsOn) return;
        var start = new RunStart { Name = plan.Name ?? description, StartedAt = startedAt, Options = TrackedOptions.Of(plan, description) };
        foreach (var tracker in plan.Trackers)
        {
            try
            {
                _runs.Add(new Tracked(tracker, await tracker.StartAsync(start, cancellationToken).ConfigureAwait(false)));
            }
            catch (Exception exception) when (exception is not (ModelTrainingException or OperationCanceledException))
            {
                throw new ModelTrainingException("MT4320", $"{tracker.GetType().Name} can't begin to track the run: {exception.Message} Mend that, or leave the tracker out.", exception);
            }
        }
    }

    /// <summary>A step of the learning curve, while it happens.</summary>
    public void Report(TrainingProgress progress)
    {
        if (progress.Fold > 0) return; // folds' curves are not the model's
        if (progress is { Stage: "Tune", Metric: not null, ValidationScore: { } best, Completed: > 0 })
        {
            Log(new RunMetric($"best_{progress.Metric}", best, progress.Completed));
            return;
        }

        if (progress.Metric is null || progress.Completed < 1 || !_steps.Add(progress.Completed)) return;
        LogStep(progress.Metric, progress.Completed, progress.TrainingScore, progress.ValidationScore);
    }

    /// <summary>What a stage has brought.</summary>
    public async ValueTask AfterAsync(IRunStep step, RunState state)
    {
        if (!_trained && state.HasModel && state.Model.History is { } history)
        {
            _trained = true;

            // Trainers report a few times a second; the curve has every step.
            for (var i = 0; i < Math.Max(history.Training.Count, history.Validation.Count); i++)
            {
                if (_steps.Add(i + 1)) LogStep(history.Metric, i + 1, At(history.Training, i), At(history.Validation, i));
            }
        }

        if (step is CrossValidateStep && state.CrossValidation is { } folds)
        {
            foreach (var score in folds.Scores)
            {
                Log(new RunMetric($"mean_{score.Key}", score.Mean));
                Log(new RunMetric($"std_{score.Key}", score.StandardDeviation));
            }
        }

        if (step is EvaluateStep && state.Evaluation is { } evaluation)
        {
            foreach (var (key, value) in evaluation.Metrics) Log(new RunMetric($"test_{key}", value));
            foreach (var (key, value) in evaluation.Baseline) Log(new RunMetric($"baseline_{key}", value));
        }

        for (; _exports < state.Exports.Count; _exports++)
        {
            var export = state.Exports[_exports];
            if (export.Stored is null) await AddAsync(Path.GetFileName(export.Path), () => File.OpenRead(export.Path)).ConfigureAwait(false);
        }
    }

    public async ValueTask EndAsync(PipelineRun run)
    {
        if (!IsOn) return;
        if (run.ModelOrNull is not null)
        {
            var report = System.Text.Encoding.UTF8.GetBytes(run.ToHtml());
            await AddAsync("report.html", () => new MemoryStream(report, writable: false)).ConfigureAwait(false);
        }

        await EndAsync(new RunEnd
        {
            Outcome = run.Status == RunStatus.Cancelled ? RunOutcome.Cancelled : RunOutcome.Completed,
            EndedAt = plan.Time.GetUtcNow(),
            Warnings = [.. run.Warnings],
            Models = [.. run.Exports.Where(export => export.Stored is not null).Select(export => export.Stored!.ToString())],
        }).ConfigureAwait(false);
    }

    public ValueTask FailAsync(Exception exception) => EndAsync(new RunEnd
    {
        Outcome = exception is OperationCanceledException ? RunOutcome.Cancelled : RunOutcome.Failed,
        EndedAt = plan.Time.GetUtcNow(),
        Error = exception.Message,
    });

    private async ValueTask EndAsync(RunEnd end)
    {
        foreach (var tracked in _runs)
        {
            try
            {
                // Not the run's token: that it was cancelled has to be said too.
                await tracked.Run.EndAsync(end, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                Broke(tracked, exception);
            }
        }
    }

    private async ValueTask AddAsync(string name, Func<Stream> open)
    {
        var unique = name;
        for (var number = 2; !_artifacts.Add(unique); number++) unique = string.Create(CultureInfo.InvariantCulture, $"{number}-{name}");
        foreach (var tracked in _runs.Where(tracked => !tracked.Broken))
        {
            try
            {
                var content = open();
                await using (content.ConfigureAwait(false)) await tracked.Run.AddArtifactAsync(unique, content).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                Broke(tracked, exception);
            }
        }
    }

    private void LogStep(string metric, long step, double? training, double? validation)
    {
        if (training is { } own) Log(new RunMetric($"train_{metric}", own, step));
        if (validation is { } held) Log(new RunMetric($"validation_{metric}", held, step));
    }

    /// <summary>Keeps a value. One call at a time.</summary>
    public void Log(RunMetric metric)
    {
        foreach (var tracked in _runs.Where(tracked => !tracked.Broken))
        {
            try
            {
                tracked.Run.Log(metric);
            }
            catch (Exception exception)
            {
                Broke(tracked, exception);
            }
        }
    }

    private void Broke(Tracked tracked, Exception exception)
    {
        if (!tracked.Broken) warn($"{tracked.Tracker.GetType().Name} no longer tracks this run: {exception.Message}");
        tracked.Broken = true;
    }

    private static double? At(IReadOnlyList<double> values, int i) => i < values.Count ? values[i] : null;

    private sealed class Tracked(IRunTracker tracker, ITrackedRun run)
    {
        public IRunTracker Tracker => tracker;

        public ITrackedRun Run => run;

        public bool Broken { get; set; }
    }
}
