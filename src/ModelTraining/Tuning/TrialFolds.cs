namespace ModelTraining;

/// <summary>
/// Scores trials by folds of the training part: each fold is the validation part of what learns from the others, and a trial's score is the mean over the folds. What folds have in common
/// between trials is made once. Not thread-safe.
/// </summary>
internal sealed class TrialFolds
{
    private readonly RunState _state;
    private readonly IMetric _metric;
    private readonly List<DataSplit> _splits;
    private readonly List<PreparedData> _shared;

    /// <exception cref="ModelTrainingException">MT2651 to MT2653: there are too few groups, times or rows.</exception>
    public TrialFolds(RunState state, IMetric metric, int count)
    {
        (_state, _metric) = (state, metric);
        var folds = new FoldMaker(state.Division with { Verb = "Tune" }, state.Table, state.Target).Make(state.Split.TrainingRows.Span, count, state.Random("tune folds"));
        _splits = [.. folds.Select(fold => new DataSplit(fold.Training, fold.Test, []) { Stratified = state.Split.Stratified })];
        _shared = [.. folds.Select(_ => new PreparedData(mostKept: 1))];
    }

    /// <summary>How good the steps' models are on average, each on its fold.</summary>
    /// <param name="steps">From features to model.</param>
    /// <param name="scored">Told of the mean after each fold; null when nobody asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<double> ScoreAsync(IReadOnlyList<IRunStep> steps, Action<int, double>? scored, CancellationToken cancellationToken)
    {
        var sum = 0.0;
        for (var i = 0; i < _splits.Count; i++)
        {
            var run = new TrialRun(_state, steps, _shared[i], null);
            run.State.Split = _splits[i];
            await run.TrainAsync(cancellationToken).ConfigureAwait(false);
            if (run.State.Model.Status == RunStatus.Cancelled) cancellationToken.ThrowIfCancellationRequested();
            sum += run.Score(_metric);
            if (i + 1 < _splits.Count) scored?.Invoke(i + 1, sum / (i + 1));
            cancellationToken.ThrowIfCancellationRequested();
        }

        return sum / _splits.Count;
    }
}
