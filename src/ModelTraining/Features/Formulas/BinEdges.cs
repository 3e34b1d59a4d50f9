namespace ModelTraining;

/// <summary>Finds the edges between bins.</summary>
internal static class BinEdges
{
    /// <summary>At most <paramref name="bins"/> − 1 edges, ascending. Missing and infinite values are left out.</summary>
    public static float[] Of(float[] values, int bins, BinStrategy strategy, FitContext context)
    {
        if (strategy == BinStrategy.Tree) return BinTree.Edges(values, context.Target ?? throw new ModelTrainingException("MT2245", "Bins by tree need a label to tell. State one, or choose another strategy."), context.Weights.Span, bins);
        values = PowerLikelihood.Finite(values);
        if (values.Length == 0) return [];
        if (strategy == BinStrategy.Uniform)
        {
            var (least, most) = (values.Min(), values.Max());
            return Inner(least, [.. Enumerable.Range(1, bins - 1).Select(i => (float)(least + ((double)most - least) * i / bins))], most);
        }

        var statistics = new OrderStatistics(values);
        return Inner((float)statistics.Quantile(0), [.. Enumerable.Range(1, bins - 1).Select(i => (float)statistics.Quantile((double)i / bins))], (float)statistics.Quantile(1));
    }

    /// <summary>Those that are strictly between the ends, each once: a bin between equal edges would have no row.</summary>
    private static float[] Inner(float least, float[] edges, float most) => [.. edges.Where(edge => edge > least && edge < most).Distinct()];
}
