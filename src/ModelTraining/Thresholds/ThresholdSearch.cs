namespace ModelTraining;

/// <summary>Goes through all thresholds that tell rows apart differently.</summary>
internal static class ThresholdSearch
{
    private const double Same = 1e-12; // metrics of equal counts by other ways to sum

    /// <summary>From all rows positive to none: halfway between neighbouring probabilities, where a new row is least likely to fall on the wrong side.</summary>
    public static IReadOnlyList<ThresholdCandidate> Candidates(EvaluatedRows rows, ThresholdGoal goal)
    {
        var scores = new float[rows.Count];
        for (var row = 0; row < scores.Length; row++) scores[row] = rows.Outputs[2 * row + 1];
        var order = Enumerable.Range(0, scores.Length).ToArray();
        Array.Sort(scores, order);
        var counts = ConfusionCounts.Start(2);
        foreach (var row in order) counts.Add((int)rows.Targets[row], 1, Weight(rows, row));
        var candidates = new List<ThresholdCandidate>();
        for (var i = 0; i <= order.Length; i++)
        {
            if (i > 0)
            {
                var row = order[i - 1];
                var (actual, weight) = ((int)rows.Targets[row], Weight(rows, row));
                counts.Add(actual, 1, -weight);
                counts.Add(actual, 0, weight);
            }

            if (i > 0 && i < order.Length && scores[i] == scores[i - 1]) continue;
            if (i < order.Length && float.IsNaN(scores[i])) continue; // never called positive
            var threshold = i == 0 ? 0 : i == order.Length ? MathF.BitIncrement(Math.Max(1, scores[^1])) : Between(scores[i - 1], scores[i]);
            candidates.Add(Candidate(counts, goal, threshold));
        }

        return candidates;
    }

    /// <exception cref="ModelTrainingException">MT2332: none has the precision and the recall that are asked for.</exception>
    public static ThresholdCandidate Best(IReadOnlyList<ThresholdCandidate> candidates, ThresholdGoal goal)
    {
        ThresholdCandidate? best = null;
        foreach (var candidate in candidates)
        {
            if (!goal.Allows(candidate) || double.IsNaN(candidate.Score)) continue;
            if (best is not { } known) best = candidate;
            else
            {
                var gain = goal.Direction == MetricDirection.HigherIsBetter ? candidate.Score - known.Score : known.Score - candidate.Score;
                if (gain > Same || (gain > -Same && Math.Abs(candidate.Threshold - 0.5) < Math.Abs(known.Threshold - 0.5))) best = candidate;
            }
        }

        return best ?? throw new ModelTrainingException("MT2332",
            $"No threshold has {goal.Requirement ?? $"a {goal.Name}"} on the validation part. {Reached(candidates)} Ask for less, or train a better model.");
    }

    /// <summary>What comes of one threshold.</summary>
    public static ThresholdCandidate At(EvaluatedRows rows, ThresholdGoal goal, float threshold)
    {
        var counts = ConfusionCounts.Start(2);
        counts.Update((rows with { Threshold = threshold }).Batch());
        return Candidate(counts, goal, threshold);
    }

    private static ThresholdCandidate Candidate(ConfusionCounts counts, ThresholdGoal goal, float threshold)
    {
        var positive = counts.Classes()[1];
        return new ThresholdCandidate(threshold, goal.Score(counts), positive.Predicted > 0 ? positive.Precision : double.NaN, positive.Recall);
    }

    private static string Reached(IReadOnlyList<ThresholdCandidate> candidates)
    {
        var reached = candidates.Where(candidate => !double.IsNaN(candidate.Precision)).ToList();
        if (reached.Count == 0) return "No row is called positive at any.";
        var precise = reached.MaxBy(candidate => (candidate.Precision, candidate.Recall));
        return $"The highest precision is {ReportNumber.Short(precise.Precision)}, at a recall of {ReportNumber.Short(precise.Recall)}.";
    }

    private static float Between(float below, float above)
    {
        var middle = (float)(((double)below + above) / 2);
        return middle > below ? middle : above; // neighbours have no number between them
    }

    private static double Weight(EvaluatedRows rows, int row) => rows.Weights.Length == 0 ? 1 : rows.Weights[row];
}
