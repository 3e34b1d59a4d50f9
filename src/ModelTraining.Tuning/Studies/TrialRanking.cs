namespace ModelTraining;

/// <summary>Which trials are better than which: one objective by its value, several by Pareto's dominance; what holds the constraints before what breaks them (Deb, 2002).</summary>
internal static class TrialRanking
{
    public static TrialRecord? Best(IReadOnlyList<TrialRecord> trials, IReadOnlyList<MetricDirection> directions) =>
        (directions.Count == 1 ? trials.Where(Counts) : Front(trials, directions)).MinBy(trial => Cost(trial, directions, 0)); // the first of equals

    public static IReadOnlyList<TrialRecord> Front(IReadOnlyList<TrialRecord> trials, IReadOnlyList<MetricDirection> directions)
    {
        var counted = trials.Where(Counts).ToList();
        return [.. counted.Where(trial => !counted.Any(other => Dominates(other, trial, directions)))];
    }

    /// <summary>
    /// The trials that tell something, best first: complete ones, then those that were pruned, the later the better, then those that break constraints, the less the better.
    /// </summary>
    public static List<TrialRecord> Order(IEnumerable<TrialRecord> trials, IReadOnlyList<MetricDirection> directions)
    {
        var known = trials.Where(trial => trial.State is TrialState.Complete or TrialState.Pruned).ToList();
        var complete = known.Where(Counts).ToList();
        return
        [
            .. directions.Count == 1 ? complete.OrderBy(trial => Cost(trial, directions, 0)) : Fronts(complete, directions).SelectMany(front => ByCrowding(front, directions)),
            .. known.Where(trial => trial.State == TrialState.Pruned && trial.IsFeasible).OrderByDescending(LastStep).ThenBy(trial => LastCost(trial, directions)),
            .. known.Where(trial => !trial.IsFeasible).OrderBy(trial => trial.Violation),
        ];
    }

    /// <summary>An objective of a complete trial as a cost: less is better.</summary>
    public static double Cost(TrialRecord trial, IReadOnlyList<MetricDirection> directions, int objective) =>
        directions[objective] == MetricDirection.LowerIsBetter ? trial.Values[objective] : -trial.Values[objective];

    private static bool Counts(TrialRecord trial) => trial.State == TrialState.Complete && trial.IsFeasible;

    private static int LastStep(TrialRecord trial) => trial.Reports.Length > 0 ? trial.Reports[^1].Step : -1;

    private static double LastCost(TrialRecord trial, IReadOnlyList<MetricDirection> directions) =>
        trial.Reports.Length == 0 ? double.PositiveInfinity : directions[0] == MetricDirection.LowerIsBetter ? trial.Reports[^1].Value : -trial.Reports[^1].Value;

    private static bool Dominates(TrialRecord a, TrialRecord b, IReadOnlyList<MetricDirection> directions)
    {
        var better = false;
        for (var i = 0; i < directions.Count; i++)
        {
            var (left, right) = (Cost(a, directions, i), Cost(b, directions, i));
            if (left > right) return false;
            better |= left < right;
        }

        return better;
    }

    private static IEnumerable<List<TrialRecord>> Fronts(List<TrialRecord> trials, IReadOnlyList<MetricDirection> directions)
    {
        var left = trials;
        while (left.Count > 0)
        {
            var rest = left;
            var front = rest.Where(trial => !rest.Any(other => Dominates(other, trial, directions))).ToList();
            yield return front;
            left = [.. rest.Except(front)];
        }
    }

    /// <summary>The loneliest first, so that a front is kept in its whole width (Deb, Pratap, Agarwal and Meyarivan, "NSGA-II", 2002).</summary>
    private static IEnumerable<TrialRecord> ByCrowding(List<TrialRecord> front, IReadOnlyList<MetricDirection> directions)
    {
        var distance = front.ToDictionary(trial => trial.Number, _ => 0.0);
        for (var objective = 0; objective < directions.Count; objective++)
        {
            var sorted = front.OrderBy(trial => Cost(trial, directions, objective)).ToList();
            var span = Cost(sorted[^1], directions, objective) - Cost(sorted[0], directions, objective);
            distance[sorted[0].Number] = distance[sorted[^1].Number] = double.PositiveInfinity;
            for (var i = 1; i < sorted.Count - 1 && span > 0; i++) distance[sorted[i].Number] += (Cost(sorted[i + 1], directions, objective) - Cost(sorted[i - 1], directions, objective)) / span;
        }

        return front.OrderByDescending(trial => distance[trial.Number]).ThenBy(trial => trial.Number);
    }
}
