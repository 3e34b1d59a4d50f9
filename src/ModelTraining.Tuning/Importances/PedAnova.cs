namespace ModelTraining;

/// <summary>
/// The importance of parameters without a model of the objective: Pearson's divergence of a parameter's density among the best trials from that among all, which is the variance of
/// the first functional ANOVA term of "belongs to the best" (Watanabe, Bansal and Hutter, "PED-ANOVA", IJCAI 2023).
/// </summary>
internal static class PedAnova
{
    private const int FewestTrials = 10;
    private const int Cells = 50;
    private const double BestShare = 0.1;

    public static IReadOnlyList<ParameterImportance> Of(SearchSpace space, IReadOnlyList<TrialRecord> trials, IReadOnlyList<MetricDirection> directions)
    {
        var order = TrialRanking.Order(trials.Where(trial => trial.State == TrialState.Complete), directions);
        if (order.Count < FewestTrials) return [];
        var best = order.Take(Math.Max(3, (int)Math.Ceiling(BestShare * order.Count))).ToList();
        var divergences = space.Parameters.Select(parameter => Divergence(parameter, best, order)).ToList();
        var total = divergences.Sum();
        return [.. space.Parameters.Select((parameter, i) => new ParameterImportance(parameter.Name, total > 0 ? divergences[i] / total : 1.0 / divergences.Count)).OrderByDescending(importance => importance.Share)];
    }

    private static double Divergence(Parameter parameter, List<TrialRecord> best, List<TrialRecord> all)
    {
        // That a parameter is not there is a value like any other: whether it should be is what the choice before it says.
        var (among, of) = (Density(parameter, best), Density(parameter, all));
        return among.Zip(of).Sum(pair => pair.Second * Math.Pow((pair.First / pair.Second) - 1, 2));
    }

    /// <summary>The mass of each cell of the range, or of each choice, and of "not there" where that can be.</summary>
    private static double[] Density(Parameter parameter, List<TrialRecord> trials)
    {
        var cells = Math.Min(parameter.ValueCount, Cells);
        var present = trials.Where(trial => trial.Parameters.ContainsKey(parameter.Name)).Select(trial => parameter.ToShare(trial.Parameters[parameter.Name])).ToArray();
        var masses = new double[cells + (parameter.Condition is null ? 0 : 1)];
        // Everything has a little mass, so that no ratio is infinite.
        Array.Fill(masses, 1.0 / masses.Length);
        if (parameter.Condition is not null) masses[cells] += trials.Count - present.Length;
        var width = Math.Max(0.5 / cells, 1.06 * Deviation(present) * Math.Pow(Math.Max(1, present.Length), -0.2)); // Scott's rule
        foreach (var share in present) Spread(masses.AsSpan(0, cells), share, parameter.ChoiceCount > 0 ? 0 : width);
        var total = masses.Sum();
        for (var i = 0; i < masses.Length; i++) masses[i] /= total;
        return masses;
    }

    private static void Spread(Span<double> cells, double share, double width)
    {
        if (width == 0)
        {
            cells[Math.Min(cells.Length - 1, (int)(share * cells.Length))]++;
            return;
        }

        var total = 0.0;
        for (var i = 0; i < cells.Length; i++) total += Kernel(i, cells.Length);
        for (var i = 0; i < cells.Length; i++) cells[i] += Kernel(i, cells.Length) / total;

        double Kernel(int cell, int count) => Math.Exp(-0.5 * Math.Pow((((cell + 0.5) / count) - share) / width, 2));
    }

    private static double Deviation(double[] values)
    {
        if (values.Length == 0) return 0;
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
    }
}
