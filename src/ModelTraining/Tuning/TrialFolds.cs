namespace ModelTraining;

/// <summary>
/// Measures trials by folds of the training part: each fold is the validation part of what learns from the others, and what a trial is judged by is the mean over the folds. What folds have in common
/// between trials is made once. Not thread-safe.
/// </summary>
internal sealed class TrialFolds
{
    private readonly RunState _state;
    private readonly List<DataSplit> _splits;
    private readonly List<PreparedData> _shared;

    /// <exception cref="ModelTrainingException">MT2651 to MT2653: there are too few groups, times or rows.</exception>
    public TrialFolds(RunState state, int count)
    {
        _state = state;
        var folds = new FoldMaker(state.Division with { Verb = "Tune" }, state.Table, state.Target).Make(state.Split.TrainingRows.Span, count, state.Random("tune folds"));
        _splits = [.. folds.Select(fold => new DataSplit(fold.Training, fold.Test, []) { Stratified = state.Split.Stratified })];
        _shared = [.. folds.Select(_ => new PreparedData(mostKept: 1))];
    }

    /// <summary>How good the steps' models are on average, each on its fold, and what they cost.</summary>
    /// <param name="steps">From features to model.</param>
    /// <param name="measure">Measures one of them, by name.</param>
    /// <param name="scored">Told of the means after each fold; null when nobody asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<Dictionary<string, double>> MeasureAsync(IReadOnlyList<IRunStep> steps, Func<TrialRun, Dictionary<string, double>> measure, Action<int, Dictionary<string, double>>? scored, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<string, double>();
        for (var i = 0; i < _splits.Count; i++)
        {
            var run = new TrialRun(_state, steps, _shared[i], null);
            run.State.Split = _splits[i];
            await run.TrainAsync(cancellationToken).ConfigureAwait(false);
            if (run.State.Model.Status == RunStatus.Cancelled) cancellationToken.ThrowIfCancellationRequested();
            foreach (var (name, value) in measure(run)) sums[name] = sums.GetValueOrDefault(name) + value;
            if (i + 1 < _splits.Count) scored?.Invoke(i + 1, Over(i + 1));
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Over(_splits.Count);

        Dictionary<string, double> Over(int folds) => sums.ToDictionary(sum => sum.Key, sum => sum.Value / folds);
    }
}
