namespace ModelTraining;

/// <summary>The losses after each round, told to whoever listens.</summary>
internal sealed class LearningCurve(TrainingContext context, string metric, int total)
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(20);
    private readonly List<double> _training = [];
    private readonly List<double> _validation = [];
    private readonly long _start = context.Time.GetTimestamp();
    private TimeSpan _reported;
    private int _reportedRounds;

    /// <summary>The number of rounds so far.</summary>
    public int Rounds => _training.Count;

    /// <summary>Takes the losses after a round. Where rounds take less than a moment, not each is told.</summary>
    public void Add(double training, double? validation)
    {
        _training.Add(training);
        if (validation is { } loss)
        {
            _validation.Add(loss);
            context.Scored?.Invoke(Rounds, loss);
        }

        if (context.Progress is null) return;
        var elapsed = context.Time.GetElapsedTime(_start);
        if (Rounds == 1 || elapsed - _reported >= BetweenReports) Report(elapsed);
    }

    /// <summary>Tells the last round, if that has not been done.</summary>
    public void End()
    {
        if (context.Progress is not null && _reportedRounds < Rounds) Report(context.Time.GetElapsedTime(_start));
    }

    public TrainingHistory History(int bestRound) => new(metric, "trees", _training, _validation, bestRound);

    private void Report(TimeSpan elapsed)
    {
        (_reported, _reportedRounds) = (elapsed, Rounds);
        context.Progress!.Report(new TrainingProgress
        {
            Stage = "Train",
            Completed = Rounds,
            Total = total,
            Unit = "trees",
            Metric = metric,
            TrainingScore = _training[^1],
            ValidationScore = _validation.Count > 0 ? _validation[^1] : null,
            Elapsed = elapsed,
        });
    }
}
