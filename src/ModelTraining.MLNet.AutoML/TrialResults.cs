using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.AutoML;

namespace ModelTraining;

/// <summary>What AutoML tells of its trials: kept, told as progress and in the log.</summary>
internal sealed class TrialResults(SweepablePipeline pipeline, IMetric metric, TimeSpan timeBudget, int? limit, TrainingContext context) : IMonitor
{
    private readonly long _started = context.Time.GetTimestamp();
    private readonly List<AutoMLTrial> _trials = [];
    private readonly List<double> _scores = [];

    public IReadOnlyList<AutoMLTrial> Trials => _trials;

    public TriedModel? Best { get; private set; }

    /// <summary>The scores of the trials that have one, and the best of them.</summary>
    public TrainingHistory? History => Best is null ? null : new TrainingHistory(metric.Key, "trials", [], _scores, _scores.IndexOf(Best.Metric) + 1);

    public string NameOf(TrialSettings settings) => pipeline.ToString(settings.Parameter);

    public void ReportRunningTrial(TrialSettings setting) => Tell(string.Create(CultureInfo.InvariantCulture, $"trial {setting.TrialId + 1}, {NameOf(setting)}"));

    public void ReportCompletedTrial(TrialResult result)
    {
        var tried = (TriedModel)result;
        _trials.Add(tried.Trial);
        if (tried.Trial.Score is not { } score)
        {
            context.Log(TraceLevel.Info, string.Create(CultureInfo.InvariantCulture, $"Trial {tried.Trial.Number}, {tried.Trial.Trainer}, failed: {tried.Trial.Reason}"));
            return;
        }

        _scores.Add(score);
        context.Log(TraceLevel.Info, string.Create(CultureInfo.InvariantCulture, $"Trial {tried.Trial.Number}, {tried.Trial.Trainer}: {metric.Key} {score:G6}."));
        context.Scored?.Invoke(_scores.Count, Math.Min(result.Loss, Best?.Loss ?? double.MaxValue));
        Tell(string.Create(CultureInfo.InvariantCulture, $"trial {tried.Trial.Number}, {tried.Trial.Trainer}"));
    }

    public void ReportBestTrial(TrialResult result) => Best = (TriedModel)result;

    /// <summary>Told of no trial but the last, with which AutoML gives up: others that fail have ended, without a score.</summary>
    public void ReportFailTrial(TrialSettings settings, Exception? exception = null)
    {
    }

    /// <summary>Each reason once, with the number of trials and the trainer that have it.</summary>
    public IEnumerable<string> Failures() => _trials.Where(trial => trial.Reason is not null).GroupBy(trial => (trial.Trainer, trial.Reason))
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {(group.Count() == 1 ? "trial" : "trials")} of {group.Key.Trainer} failed: {group.Key.Reason}"));

    private void Tell(string detail) => context.Progress?.Report(new TrainingProgress
    {
        Stage = "Train",
        Completed = _scores.Count,
        Total = limit,
        Unit = "trials",
        Detail = detail,
        Metric = metric.Key,
        ValidationScore = _scores.Count > 0 ? _scores[^1] : null,
        Elapsed = context.Time.GetElapsedTime(_started),
        TimeBudget = timeBudget,
    });
}
