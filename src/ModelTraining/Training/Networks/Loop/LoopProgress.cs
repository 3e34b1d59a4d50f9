namespace ModelTraining;

/// <summary>Tells how far a training is, a few times a second at most and after each epoch.</summary>
internal sealed class LoopProgress(NetworkOptions options, TrainingContext context, int rows)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly long _batchesPerEpoch = (rows + options.BatchSize - 1) / options.BatchSize;
    private long _started, _told, _doneBefore;

    public void Start(LoopPosition position)
    {
        _started = _told = context.Time.GetTimestamp();
        _doneBefore = Done(position);
    }

    /// <summary>After a batch.</summary>
    public void Report(LoopPosition position, ITrainingSession session)
    {
        if (context.Progress is null || context.Time.GetElapsedTime(_told) < Interval) return;
        Tell(position, session, position.WeightSum > 0 ? position.LossSum / position.WeightSum : null);
    }

    /// <summary>After an epoch.</summary>
    public void Epoch(LoopPosition position, ITrainingSession session)
    {
        if (position.Validation.Count > 0) context.Scored?.Invoke(position.Epoch, position.Monitored[^1]);
        if (context.Progress is not null) Tell(position, session, position.Training[^1]);
    }

    private void Tell(LoopPosition position, ITrainingSession session, double? training)
    {
        _told = context.Time.GetTimestamp();
        var elapsed = context.Time.GetElapsedTime(_started);
        var done = Done(position);
        context.Progress!.Report(new TrainingProgress
        {
            Stage = "Train",
            Completed = done,
            Total = _batchesPerEpoch * options.Epochs,
            Unit = "batches",
            Metric = "loss",
            TrainingScore = training,
            ValidationScore = position.Validation.Count > 0 ? position.Validation[^1] : null,
            Memory = session.Memory,
            // As if what was done before a resume had gone at today's pace, so that the time left is right.
            Elapsed = done > _doneBefore ? elapsed * ((double)done / (done - _doneBefore)) : elapsed,
        });
    }

    private long Done(LoopPosition position) => (position.Epoch * _batchesPerEpoch) + position.Batch;
}
