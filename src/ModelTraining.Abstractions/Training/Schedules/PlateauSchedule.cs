namespace ModelTraining;

/// <summary>The learning rate falls by a factor whenever the monitored score has not become better for some epochs.</summary>
public sealed record PlateauSchedule : LearningRateSchedule
{
    /// <summary>What it is multiplied by then, in (0, 1). Default 0.1.</summary>
    public double Gamma { get; init; } = 0.1;

    /// <summary>How many epochs without a better score are waited for. Default 10.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>By what share of itself the score must fall to count as better. Default 0.0001.</summary>
    public double Threshold { get; init; } = 1e-4;

    /// <inheritdoc/>
    public override double Factor(TrainingMoment moment)
    {
        var (factor, best, waited) = (1.0, double.PositiveInfinity, 0);
        for (var epoch = 0; epoch < moment.ValidationScores.Count; epoch++) // foreach would allocate, in every step
        {
            var score = moment.ValidationScores[epoch];
            if (score < best - (Math.Abs(best) * Threshold) || double.IsPositiveInfinity(best)) (best, waited) = (score, 0);
            else if (++waited > Patience) (factor, waited) = (factor * Gamma, 0);
        }

        return factor;
    }

    /// <inheritdoc/>
    public override IEnumerable<Problem> Validate()
    {
        if (!(Gamma > 0 && Gamma < 1)) yield return new Problem("MT1723", FormattableString.Invariant($"The 'Gamma' option of PlateauSchedule must be in (0, 1). Got {Gamma}."));
        if (Patience < 0) yield return new Problem("MT1723", $"The 'Patience' option of PlateauSchedule must be at least 0. Got {Patience}.");
        if (!(Threshold >= 0)) yield return new Problem("MT1723", FormattableString.Invariant($"The 'Threshold' option of PlateauSchedule must be at least 0. Got {Threshold}."));
    }
}
