namespace ModelTraining;

/// <summary>
/// The tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kégl, "Algorithms for Hyper-Parameter Optimization", NeurIPS 2011): proposes what is likely among the best trials and
/// unlikely among the others. Takes any space, conditional parts too, and costs next to nothing. Trials that were pruned count as worse than complete ones, and those
/// that others are at as bad, so that workers keep apart. With several objectives the best are the first of Pareto's fronts.
/// </summary>
public sealed record TpeSampler : ISampler
{
    // With the widths of the kernels, the best of what was measured on the functions of docs/tuning.md.
    private const double BestShare = 0.15;
    private const int MostBest = 25;

    /// <summary>How many trials are drawn evenly over the space before any is learned from. Default 10.</summary>
    public int StartupTrials { get; init; } = 10;

    /// <summary>How many draws from the density of the best are compared for a proposal. Default 24.</summary>
    public int Candidates { get; init; } = 24;

    /// <summary>
    /// Whether parameters are drawn together, from densities around whole trials, and not each by itself. Better where they depend on one another (Falkner, Klein and Hutter, "BOHB", ICML 2018; Watanabe, arXiv:2304.11127). Default true.
    /// </summary>
    public bool Multivariate { get; init; } = true;

    /// <inheritdoc/>
    public string Name => "TPE";

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(SearchSpace space, int objectives)
    {
        if (StartupTrials < 1) yield return new Problem("MT1810", $"The 'StartupTrials' option of TpeSampler must be at least 1. Got {StartupTrials}.");
        if (Candidates < 1) yield return new Problem("MT1810", $"The 'Candidates' option of TpeSampler must be at least 1. Got {Candidates}.");
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Propose(SamplerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var order = TrialRanking.Order(context.Trials, context.Directions);
        if (order.Count < StartupTrials) return new QuasiRandomSampler().Propose(context);
        var best = Math.Min(MostBest, (int)Math.Ceiling(BestShare * order.Count));
        List<TrialRecord> above = [.. order.Skip(best), .. context.Trials.Where(trial => trial.State is TrialState.Running or TrialState.Waiting)];
        var below = order.Take(best).ToList();
        return Multivariate ? Together(context, below, above) : context.ForEach((parameter, _) => Alone(context.Random, parameter, below, above));
    }

    private double Alone(SeededRandom random, Parameter parameter, List<TrialRecord> below, List<TrialRecord> above)
    {
        var (good, bad) = (ParzenEstimator.Of(parameter, below), ParzenEstimator.Of(parameter, above));
        var (chosen, highest) = (0.0, double.NegativeInfinity);
        for (var i = 0; i < Candidates; i++)
        {
            var value = good.Draw(random);
            var ratio = good.LogDensity(value) - bad.LogDensity(value);
            if (ratio > highest) (chosen, highest) = (value, ratio);
        }

        return chosen;
    }

    private Dictionary<string, double> Together(SamplerContext context, List<TrialRecord> below, List<TrialRecord> above)
    {
        var (good, bad) = (new JointParzenEstimator(context.Space, below), new JointParzenEstimator(context.Space, above));
        var (chosen, highest) = (new Dictionary<string, double>(), double.NegativeInfinity);
        for (var i = 0; i < Candidates; i++)
        {
            var values = good.Draw(context);
            var ratio = good.LogDensity(values) - bad.LogDensity(values);
            if (i == 0 || ratio > highest) (chosen, highest) = (values, ratio);
        }

        return chosen;
    }
}
