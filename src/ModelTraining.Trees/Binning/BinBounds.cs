using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>Where the bins of a quantity begin and end. A value x is in the first bin b with x ≤ Thresholds[b], in the last where there is none.</summary>
internal static class BinBounds
{
    /// <summary>
    /// Bounds by quantiles: a bin for each value where there are at most <paramref name="maxBins"/>, otherwise bins of about equal counts, a frequent
    /// value having one of its own.
    /// </summary>
    /// <param name="sorted">Values in ascending order, without NaN.</param>
    /// <param name="maxBins">The most bins, at least 2.</param>
    public static float[] Of(ReadOnlySpan<float> sorted, int maxBins)
    {
        var distinct = 0;
        for (var i = 0; i < sorted.Length && distinct <= maxBins; i++) if (i == 0 || sorted[i] != sorted[i - 1]) distinct++;
        return distinct <= maxBins ? BetweenAll(sorted, distinct) : Quantiles(sorted, maxBins);
    }

    /// <summary>
    /// The number to compare with so that <paramref name="lower"/> is at most it and <paramref name="upper"/> is above: their middle where a float can
    /// hold it, so that values seen later fall to the nearer side.
    /// </summary>
    public static float Between(float lower, float upper)
    {
        var middle = (float)(((double)lower + upper) / 2);
        return middle >= lower && middle < upper ? middle : lower;
    }

    private static float[] BetweenAll(ReadOnlySpan<float> sorted, int distinct)
    {
        var thresholds = new float[Math.Max(0, distinct - 1)];
        var next = 0;
        for (var i = 1; i < sorted.Length; i++) if (sorted[i] != sorted[i - 1]) thresholds[next++] = Between(sorted[i - 1], sorted[i]);
        return thresholds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float[] Quantiles(ReadOnlySpan<float> sorted, int maxBins)
    {
        // Values more frequent than a bin's share have a bin each; the others divide what is left.
        var share = (double)sorted.Length / maxBins;
        var (binsLeft, rowsLeft) = (maxBins, sorted.Length);
        for (int i = 0, end; i < sorted.Length; i = end)
        {
            end = EndOfRun(sorted, i);
            if (end - i >= share) (binsLeft, rowsLeft) = (binsLeft - 1, rowsLeft - (end - i));
        }

        var thresholds = new List<float>(maxBins - 1);
        var rows = 0;
        for (int i = 0, end = EndOfRun(sorted, 0); end < sorted.Length && thresholds.Count < maxBins - 1;)
        {
            var nextEnd = EndOfRun(sorted, end);
            var frequent = end - i >= share;
            var beforeFrequent = nextEnd - end >= share;
            if (!frequent) rows += end - i;
            var target = binsLeft > 0 ? (double)rowsLeft / binsLeft : double.PositiveInfinity;
            if (frequent || rows >= target || (beforeFrequent && rows >= target / 2))
            {
                thresholds.Add(Between(sorted[end - 1], sorted[end]));
                rowsLeft -= rows;
                rows = 0;
                if (!frequent) binsLeft--;
            }

            (i, end) = (end, nextEnd);
        }

        return [.. thresholds];
    }

    private static int EndOfRun(ReadOnlySpan<float> sorted, int start)
    {
        var end = start + 1;
        while (end < sorted.Length && sorted[end] == sorted[start]) end++;
        return end;
    }
}
