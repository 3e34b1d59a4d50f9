namespace ModelTraining;

/// <summary>The learning rate falls along half a cosine from its full value to a least one over the whole training (Loshchilov and Hutter, 2017).</summary>
public sealed record CosineSchedule : LearningRateSchedule
{
    /// <summary>The share of the learning rate that is left at the end, in [0, 1]. Default 0.</summary>
    public double MinFactor { get; init; }

    /// <inheritdoc/>
    public override double Factor(TrainingMoment moment) => MinFactor + ((1 - MinFactor) * (0.5 + (0.5 * Math.Cos(Math.PI * moment.Progress))));

    /// <inheritdoc/>
    public override IEnumerable<Problem> Validate()
    {
        if (!(MinFactor >= 0 && MinFactor <= 1)) yield return new Problem("MT1723", FormattableString.Invariant($"The 'MinFactor' option of CosineSchedule must be in [0, 1]. Got {MinFactor}."));
    }
}
