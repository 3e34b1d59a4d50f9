namespace ModelTraining;

/// <summary>
/// Points that cover the space more evenly than chance does, scrambled by the study's seed. Good where all trials run at once, and as a beginning of other samplers.
/// </summary>
public sealed record QuasiRandomSampler : ISampler
{
    /// <summary>
    /// Which sequence. Sobol's is more even with ten parameters and more, above all in numbers of trials that are powers of two. Default: Halton's, with which the samplers that begin with it found no less on the
    /// functions of docs/tuning.md.
    /// </summary>
    public QuasiRandomSequence Sequence { get; init; } = QuasiRandomSequence.Halton;

    /// <inheritdoc/>
    public string Name => "quasi-random";

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(SearchSpace space, int objectives)
    {
        if (!Enum.IsDefined(Sequence)) yield return new Problem("MT1810", $"The 'Sequence' option of QuasiRandomSampler must be Halton or Sobol. Got {Sequence}.");
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Propose(SamplerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.ForEach((parameter, i) => parameter.FromShare(Sequence == QuasiRandomSequence.Sobol ? SobolSequence.At(context.Seed, context.Number, i) : HaltonSequence.At(context.Seed, context.Number, i)));
    }
}
