namespace ModelTraining;

/// <summary>
/// Bayesian optimisation with a Gaussian process (Jones, Schonlau and Welch, 1998; Snoek, Larochelle and Adams, NeurIPS 2012): models the objective by a Matérn 5/2 kernel with a length scale for each parameter, and proposes where the
/// expected improvement is greatest. Needs the fewest trials where the objective is smooth and there are some ten parameters at most; a proposal takes some tens of milliseconds. Choices are one-hot,
/// parameters that a trial lacks stand in the middle. Several objectives are weighed anew for each trial (ParEGO; Knowles, 2006). Each constraint has a process of its own, by which the improvement is
/// weighed with the probability that all hold (Gardner et al., ICML 2014). Trials that were pruned count as the worst that is known.
/// </summary>
public sealed record GaussianProcessSampler : ISampler
{
    // Fitting takes the cube of the trials; what is best and what is newest says most.
    private const int MostTrials = 200;

    /// <summary>How many trials are drawn evenly over the space before any is learned from, at least 2. Default 10.</summary>
    public int StartupTrials { get; init; } = 10;

    /// <inheritdoc/>
    public string Name => "Gaussian process";

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(SearchSpace space, int objectives)
    {
        if (StartupTrials < 2) yield return new Problem("MT1810", $"The 'StartupTrials' option of GaussianProcessSampler must be at least 2. Got {StartupTrials}.");
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Propose(SamplerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var order = TrialRanking.Order(context.Trials, context.Directions);
        if (order.Count < StartupTrials || order.Count(IsComplete) < 2) return new QuasiRandomSampler().Propose(context);
        var known = order.Count <= MostTrials ? order : [.. order.Take(MostTrials / 2), .. order.Skip(MostTrials / 2).OrderByDescending(trial => trial.Number).Take(MostTrials / 2)];
        var embedding = new SpaceEmbedding(context.Space);
        var pending = context.Trials.Where(trial => trial.State is TrialState.Running or TrialState.Waiting).Select(trial => embedding.Of(trial.Parameters)).ToList();
        var (cost, _) = Fit(known, Costs(known, context), double.NegativeInfinity);
        var feasible = known.Where(trial => IsComplete(trial) && trial.IsFeasible).Select(trial => embedding.Of(trial.Parameters)).ToList();
        return new ImprovementSearch(context, embedding, new Acquisition(cost, feasible, Constraints()), known.ConvertAll(trial => embedding.Of(trial.Parameters)), pending).Find(known);

        (GaussianProcess Process, double Limit) Fit(List<TrialRecord> trials, double[] values, double leastCut)
        {
            var (standardised, zero) = Standardised(values, leastCut);
            return (GaussianProcess.Fit(embedding, trials.ConvertAll(trial => embedding.Of(trial.Parameters)), standardised).With(pending), zero);
        }

        List<(GaussianProcess Process, double Limit)> Constraints()
        {
            var count = known.Where(IsComplete).Max(trial => trial.Constraints.Count);
            var told = known.Where(trial => count > 0 && trial.Constraints.Count == count).ToList();
            return [.. Enumerable.Range(0, count).Select(i => Finite(told.ConvertAll(trial => trial.Constraints[i]))).Select(values => Fit(told, values, values.Where(value => value > 0).DefaultIfEmpty(0).Min()))];
        }
    }

    private static bool IsComplete(TrialRecord trial) => trial.State == TrialState.Complete;

    /// <summary>What is broken without end, or is no number, counts as the worst that is known.</summary>
    private static double[] Finite(List<double> violations)
    {
        var finite = violations.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (least, worst) = (finite.Min(), finite.Max() > 0 ? finite.Max() : Math.Max(1, -finite.Min()));
        return [.. violations.Select(violation => Math.Clamp(double.IsNaN(violation) ? worst : violation, least, worst))];
    }

    /// <summary>Less is better.</summary>
    private static double[] Costs(List<TrialRecord> trials, SamplerContext context)
    {
        var weights = Enumerable.Range(0, context.Directions.Count).Select(_ => -Math.Log(1 - context.Random.NextDouble())).ToArray();
        var costs = new double[trials.Count];
        var largest = new double[trials.Count];
        Array.Fill(largest, double.NegativeInfinity);
        for (var objective = 0; objective < weights.Length; objective++)
        {
            var values = trials.Where(IsComplete).Select(trial => TrialRanking.Cost(trial, context.Directions, objective)).ToList();
            var (low, span) = (values.Min(), Math.Max(values.Max() - values.Min(), 1e-300));
            for (var i = 0; i < costs.Length; i++)
            {
                if (!IsComplete(trials[i])) continue;
                var value = TrialRanking.Cost(trials[i], context.Directions, objective);
                var weighted = weights.Length == 1 ? value : weights[objective] / weights.Sum() * (value - low) / span;
                largest[i] = Math.Max(largest[i], weighted);
                costs[i] += weights.Length == 1 ? value : 0.05 * weighted;
            }
        }

        for (var i = 0; i < costs.Length && weights.Length > 1; i++) costs[i] += largest[i];
        var worst = Enumerable.Range(0, costs.Length).Where(i => IsComplete(trials[i])).Max(i => costs[i]);
        for (var i = 0; i < costs.Length; i++) if (!IsComplete(trials[i])) costs[i] = worst;
        return costs;
    }

    /// <summary>Mean 0 and deviation 1, and where 0 is then. A few enormous costs would leave nothing to tell the others apart by: they are cut to the upper end of a box plot, or at <paramref name="leastCut"/>.</summary>
    private static (double[] Values, double Zero) Standardised(double[] values, double leastCut)
    {
        var sorted = values.Order().ToArray();
        var (median, upper) = (sorted[sorted.Length / 2], sorted[sorted.Length * 3 / 4]);
        var most = Math.Max(leastCut, upper + (3 * Math.Max(upper - sorted[sorted.Length / 4], (upper - median) * 2)));
        var cut = Array.ConvertAll(values, value => most > sorted[0] ? Math.Min(value, most) : value);
        var mean = cut.Average();
        var deviation = Math.Sqrt(cut.Sum(value => (value - mean) * (value - mean)) / cut.Length);
        if (!(deviation > 0)) deviation = 1;
        return (Array.ConvertAll(cut, value => (value - mean) / deviation), -mean / deviation);
    }
}
