namespace ModelTraining;

/// <summary>
/// Evolution by crossing and changing the best trials so far: NSGA-II (Deb, Pratap, Agarwal and Meyarivan, 2002) where there are several objectives, a genetic algorithm where there is one. In its steady form
/// (Durillo et al., 2009): parents come from the best of all that have ended, and no worker waits for a generation. Takes any space; wants some hundreds of trials.
/// </summary>
public sealed record GeneticSampler : ISampler
{
    /// <summary>How many of the best are parents, and how many trials are drawn evenly over the space before; at least 4. Default 30.</summary>
    public int Population { get; init; } = 30;

    /// <summary>The chance of a child to have two parents, and not a change alone, in [0, 1]. Default 0.9.</summary>
    public double Crossover { get; init; } = 0.9;

    /// <summary>The chance of each parameter to change, in [0, 1]. Default null: one of a child's on average.</summary>
    public double? Mutation { get; init; }

    /// <inheritdoc/>
    public string Name => "genetic (NSGA-II)";

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(SearchSpace space, int objectives)
    {
        if (Population < 4) yield return new Problem("MT1810", $"The 'Population' option of GeneticSampler must be at least 4. Got {Population}.");
        if (!(Crossover >= 0 && Crossover <= 1)) yield return new Problem("MT1810", FormattableString.Invariant($"The 'Crossover' option of GeneticSampler must be in [0, 1]. Got {Crossover}."));
        if (Mutation is { } mutation && !(mutation >= 0 && mutation <= 1)) yield return new Problem("MT1810", FormattableString.Invariant($"The 'Mutation' option of GeneticSampler must be in [0, 1]. Got {mutation}."));
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Propose(SamplerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var parents = TrialRanking.Order(context.Trials, context.Directions).Take(Population).ToList();
        if (parents.Count < Population) return new QuasiRandomSampler().Propose(context);
        var random = context.Random;
        var (first, second) = (Tournament(parents, random), Tournament(parents, random));
        var crosses = random.NextDouble() < Crossover;
        var mutation = Mutation ?? 1.0 / context.Space.Parameters.Count;
        return context.ForEach((parameter, _) =>
        {
            var has = first.TryGetValue(parameter.Name, out var own);
            var otherHas = second.TryGetValue(parameter.Name, out var other);
            if (!has && !otherHas) return parameter.FromShare(random.NextDouble());
            var value = !has ? other : crosses && otherHas ? Variation.Cross(parameter, own, other, random) : own;
            return random.NextDouble() < mutation ? Variation.Mutate(parameter, value, random) : value;
        });
    }

    /// <summary>The better one of two that were drawn: the list is best first.</summary>
    private static IReadOnlyDictionary<string, double> Tournament(List<TrialRecord> parents, SeededRandom random) =>
        parents[Math.Min(random.Next(parents.Count), random.Next(parents.Count))].Parameters;
}
