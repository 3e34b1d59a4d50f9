namespace ModelTraining;

/// <summary>The learning rate rises along a cosine to its full value, then falls to nearly nothing (Smith and Topin, 2018). It brings its own warm-up.</summary>
public sealed record OneCycleSchedule : LearningRateSchedule
{
    /// <summary>The share of the training in which it rises, in (0, 1). Default 0.3.</summary>
    public double RiseRatio { get; init; } = 0.3;

    /// <summary>The full value is so many times the first. Default 25.</summary>
    public double InitialDivisor { get; init; } = 25;

    /// <summary>The first value is so many times the last. Default 10,000.</summary>
    public double FinalDivisor { get; init; } = 1e4;

    /// <inheritdoc/>
    public override double Factor(TrainingMoment moment)
    {
        var first = 1 / InitialDivisor;
        return moment.Progress < RiseRatio
            ? Between(first, 1, moment.Progress / RiseRatio)
            : Between(1, first / FinalDivisor, (moment.Progress - RiseRatio) / (1 - RiseRatio));
    }

    /// <inheritdoc/>
    public override IEnumerable<Problem> Validate()
    {
        if (!(RiseRatio > 0 && RiseRatio < 1)) yield return new Problem("MT1723", FormattableString.Invariant($"The 'RiseRatio' option of OneCycleSchedule must be in (0, 1). Got {RiseRatio}."));
        if (!(InitialDivisor >= 1 && FinalDivisor >= 1)) yield return new Problem("MT1723", FormattableString.Invariant($"The divisors of OneCycleSchedule must be at least 1. Got {InitialDivisor} and {FinalDivisor}."));
    }

    private static double Between(double from, double to, double share) => to + ((from - to) * (0.5 + (0.5 * Math.Cos(Math.PI * share))));
}
