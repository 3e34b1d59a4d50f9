namespace ModelTraining;

/// <summary>
/// Chooses how often each of some models counts in a mean: begins with the best, and adds, again and again, the one that makes the mean best, maybe one that is there already (Caruana, Niculescu-Mizil, Crew and
/// Ksikes, "Ensemble selection from libraries of models", ICML 2004). Weights that are small whole numbers fit less of the noise of the rows that choose than those of a stacked regression do.
/// </summary>
internal static class GreedySelection
{
    /// <summary>The most that are added; and after so many that made nothing better it ends.</summary>
    public const int MostRounds = 25;
    private const int Patience = 5;

    /// <param name="said">What each model says of the same rows.</param>
    /// <param name="cost">How bad what is said is; what is no number is worst.</param>
    /// <param name="isOver">Whether there is no time left.</param>
    /// <returns>How often each counts; null where the time was over.</returns>
    public static int[]? Counts(IReadOnlyList<EvaluatedRows> said, Func<EvaluatedRows, double> cost, Func<bool> isOver)
    {
        var (counts, best, lowest, sinceBest) = (new int[said.Count], new int[said.Count], double.PositiveInfinity, 0);
        var sum = new float[said[0].Outputs.Length];
        for (var round = 1; round <= MostRounds && sinceBest < Patience; round++)
        {
            if (isOver()) return null;
            var (next, least) = (0, double.PositiveInfinity);
            for (var i = 0; i < said.Count; i++)
            {
                var costs = cost(said[i] with { Outputs = Mean(sum, said[i].Outputs, round) });
                if (!(costs < least)) continue;
                (next, least) = (i, costs);
            }

            counts[next]++;
            for (var i = 0; i < sum.Length; i++) sum[i] += said[next].Outputs[i];
            sinceBest++;
            if (!(least < lowest)) continue;
            (lowest, sinceBest) = (least, 0);
            counts.CopyTo(best, 0);
        }

        return best;
    }

    /// <summary>What the models say together.</summary>
    public static float[] Mean(IReadOnlyList<EvaluatedRows> said, IReadOnlyList<int> counts)
    {
        var mean = new float[said[0].Outputs.Length];
        var all = (float)counts.Sum();
        for (var i = 0; i < said.Count; i++)
        {
            if (counts[i] == 0) continue;
            for (var j = 0; j < mean.Length; j++) mean[j] += counts[i] / all * said[i].Outputs[j];
        }

        return mean;
    }

    private static float[] Mean(float[] sum, float[] more, int count)
    {
        var mean = new float[sum.Length];
        for (var i = 0; i < mean.Length; i++) mean[i] = (sum[i] + more[i]) / count;
        return mean;
    }
}
