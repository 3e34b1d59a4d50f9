namespace ModelTraining;

/// <summary>The learning rate falls by a factor every so many epochs.</summary>
public sealed record StepSchedule : LearningRateSchedule
{
    /// <summary>After how many epochs it falls, again and again. Default 10.</summary>
    public int Every { get; init; } = 10;

    /// <summary>What it is multiplied by then, in (0, 1]. Default 0.1.</summary>
    public double Gamma { get; init; } = 0.1;

    /// <inheritdoc/>
    public override double Factor(TrainingMoment moment) => Math.Pow(Gamma, moment.Epoch / Every);

    /// <inheritdoc/>
    public override IEnumerable<Problem> Validate()
    {
        if (Every < 1) yield return new Problem("MT1723", $"The 'Every' option of StepSchedule must be at least 1. Got {Every}.");
        if (!(Gamma > 0 && Gamma <= 1)) yield return new Problem("MT1723", FormattableString.Invariant($"The 'Gamma' option of StepSchedule must be in (0, 1]. Got {Gamma}."));
    }
}
