namespace ModelTraining;

/// <summary>Ranks of values that are known by their position among the different ones.</summary>
internal static class RankSums
{
    /// <summary>The mean rank of each different value, the first being 1, from how often each occurs.</summary>
    public static double[] MeanRanks(ReadOnlySpan<int> counts)
    {
        var ranks = new double[counts.Length];
        var before = 0;
        for (var code = 0; code < ranks.Length; code++)
        {
            ranks[code] = before + ((counts[code] + 1) / 2.0);
            before += counts[code];
        }

        return ranks;
    }
}
