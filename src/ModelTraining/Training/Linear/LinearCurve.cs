namespace ModelTraining;

/// <summary>Keeps the learning curve of a linear trainer and tells of it, at most ten times a second.</summary>
internal sealed class LinearCurve(TrainingContext context, string metric, int mostIterations)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly List<double> _scores = [];
    private readonly long _start = context.Time.GetTimestamp();
    private TimeSpan _reported = TimeSpan.MinValue;

    /// <summary>The iterations so far.</summary>
    public int Iterations => _scores.Count;

    public void Add(double score)
    {
        _scores.Add(score);
        var elapsed = context.Time.GetElapsedTime(_start);
        if (_scores.Count == 1 || elapsed - _reported >= Interval) Report(elapsed);
    }

    /// <summary>Tells of the end, and gives the curve.</summary>
    public TrainingHistory End()
    {
        Report(context.Time.GetElapsedTime(_start));
        return new TrainingHistory(metric, "iterations", _scores, [], _scores.Count);
    }

    private void Report(TimeSpan elapsed)
    {
        _reported = elapsed;
        context.Progress?.Report(new TrainingProgress
        {
            Stage = "Train",
            Completed = Iterations,
            Total = mostIterations,
            Unit = "iterations",
            Metric = metric,
            TrainingScore = _scores.Count > 0 ? _scores[^1] : null,
            Elapsed = elapsed,
        });
    }
}
