namespace ModelTraining.Benchmarks;

/// <summary>The area under the ROC curve, from ranks (Mann and Whitney); ties count half.</summary>
internal static class RocAuc
{
    public static double Of(float[] scores, ReadOnlySpan<float> target)
    {
        var order = Enumerable.Range(0, scores.Length).ToArray();
        Array.Sort((float[])scores.Clone(), order);
        var (positives, ranks) = (0L, 0.0);
        for (int i = 0, end; i < order.Length; i = end)
        {
            for (end = i + 1; end < order.Length && scores[order[end]] == scores[order[i]];) end++;
            for (var j = i; j < end; j++)
            {
                if (target[order[j]] == 0) continue;
                positives++;
                ranks += (i + end + 1) / 2.0;
            }
        }

        var negatives = order.Length - positives;
        return (ranks - (positives * (positives + 1) / 2.0)) / ((double)positives * negatives);
    }
}
