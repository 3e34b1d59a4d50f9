namespace ModelTraining;

/// <summary>Chance alone: every value, or ratio where the range is logarithmic, is as likely as every other (Bergstra and Bengio, JMLR 13, 2012).</summary>
public sealed record RandomSampler : ISampler
{
    /// <inheritdoc/>
    public string Name => "random";

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(SearchSpace space, int objectives) => [];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Propose(SamplerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.ForEach((parameter, _) => parameter.FromShare(context.Random.NextDouble()));
    }
}
