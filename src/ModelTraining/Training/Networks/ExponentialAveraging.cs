namespace ModelTraining;

/// <summary>An exponential moving average (Polyak and Juditsky, 1992), which follows faster at the start: of update t it keeps min(<see cref="Decay"/>, t / (t + 9)).</summary>
public sealed record ExponentialAveraging : WeightAveraging
{
    /// <summary>How much of the average each update keeps, in [0, 1). Default 0.999.</summary>
    public double Decay { get; init; } = 0.999;

    internal override double Share(long update, long updatesPerEpoch, int epochs) => 1 - Math.Min(Decay, update / (update + 9.0));

    internal override IEnumerable<Problem> Validate()
    {
        if (!(Decay >= 0 && Decay < 1)) yield return new Problem("MT1734", FormattableString.Invariant($"The 'Decay' option of ExponentialAveraging must be in [0, 1). Got {Decay}."));
    }
}
