namespace ModelTraining;

/// <summary>
/// Points that cover the space more evenly than chance does: Halton's sequence, its digits scrambled at random (Owen, "A randomized Halton algorithm in R", 2017). Good where all
/// trials run at once, and as a beginning of other samplers.
/// </summary>
public sealed record QuasiRandomSampler : ISampler
{
    /// <inheritdoc/>
    public string Name => "quasi-random";

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(SearchSpace space, int objectives) => [];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Propose(SamplerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.ForEach((parameter, i) => parameter.FromShare(HaltonSequence.At(context.Seed, context.Number, i)));
    }
}
