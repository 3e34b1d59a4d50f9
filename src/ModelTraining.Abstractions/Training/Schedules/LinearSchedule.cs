namespace ModelTraining;

/// <summary>The learning rate falls in a straight line from its full value to nothing over the whole training; with a warm-up, what transformers are fine-tuned with.</summary>
public sealed record LinearSchedule : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(TrainingMoment moment) => 1 - moment.Progress;
}
