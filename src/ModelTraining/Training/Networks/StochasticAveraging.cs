namespace ModelTraining;

/// <summary>The mean of the weights after each epoch from some epoch on (stochastic weight averaging; Izmailov et al., 2018). Until then the average is the weights themselves.</summary>
public sealed record StochasticAveraging : WeightAveraging
{
    /// <summary>The share of the epochs after which averaging begins, in [0, 1). Default 0.75.</summary>
    public double StartRatio { get; init; } = 0.75;

    internal override double Share(long update, long updatesPerEpoch, int epochs)
    {
        var epoch = update / updatesPerEpoch;
        var first = (long)Math.Ceiling(StartRatio * epochs);
        return epoch < first ? 1 : update % updatesPerEpoch == 0 ? 1.0 / (epoch - first + 1) : 0;
    }

    internal override IEnumerable<Problem> Validate()
    {
        if (!(StartRatio >= 0 && StartRatio < 1)) yield return new Problem("MT1734", FormattableString.Invariant($"The 'StartRatio' option of StochasticAveraging must be in [0, 1). Got {StartRatio}."));
    }
}
