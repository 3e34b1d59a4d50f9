namespace ModelTraining;

/// <summary>
/// The best split of a leaf by a category: some categories left, and all others, missing values and categories never seen among them, right. Among
/// categories in the order of G/H the best two groups stand side by side (Fisher, "On Grouping for Maximum Homogeneity", 1958), so few groupings need
/// to be looked at.
/// </summary>
internal static unsafe class CategorySplits
{
    private const int MostBins = 256;

    /// <summary>Up to so many categories are taken as they are: each has enough rows, or the leaf's limits see to it.</summary>
    private const int Few = 4;

    /// <summary>The most categories on the left. More would fit noise, and make the exported tree long.</summary>
    private const int MostOnLeft = 32;

    /// <param name="histogram">The feature's packed sums, bin by bin.</param>
    /// <param name="counts">The feature's rows, bin by bin; null to conclude them from hessians.</param>
    /// <param name="feature">The feature.</param>
    /// <param name="leaf">The leaf.</param>
    /// <param name="rules">The tree's rules.</param>
    public static SplitCandidate Search(long* histogram, int* counts, BinnedFeature feature, in SearchedLeaf leaf, in SplitRules rules)
    {
        Span<int> categories = stackalloc int[MostBins];
        Span<double> ranks = stackalloc double[MostBins];
        var few = feature.Bins <= Few;
        var smoothing = few ? 0 : rules.CategorySmoothing;
        var minRows = few ? 1 : rules.MinRowsPerCategory;
        var count = 0;
        for (var category = 0; category < feature.Bins; category++)
        {
            double hessian = PackedGradients.HessianOf(histogram[category]);
            if (hessian == 0 || (counts is null ? hessian * leaf.RowsPerHessian : counts[category]) < minRows) continue;
            ranks[count] = PackedGradients.GradientOf(histogram[category]) / (hessian + smoothing);
            categories[count++] = category;
        }

        ranks[..count].Sort(categories[..count]);
        categories = categories[..count];
        var l2 = few ? rules.L2 : rules.CategoryL2;
        var (score, onLeft, fromEnd) = Best(histogram, counts, categories, l2, false, leaf, rules);
        var (scoreOfEnd, onLeftOfEnd, _) = Best(histogram, counts, categories, l2, true, leaf, rules);
        if (scoreOfEnd > score) (score, onLeft, fromEnd) = (scoreOfEnd, onLeftOfEnd, true);
        var gain = score - leaf.Score;
        if (!(gain > leaf.MinGain)) return default;
        var split = new SplitCandidate { Gain = gain };
        foreach (var category in fromEnd ? categories[^onLeft..] : categories[..onLeft])
        {
            split.Categories.Add(category);
            split.Left += histogram[category];
        }

        return split;
    }

    private static (double Score, int OnLeft, bool FromEnd) Best(long* histogram, int* counts, ReadOnlySpan<int> categories, double l2, bool fromEnd, in SearchedLeaf leaf, in SplitRules rules)
    {
        var (best, bestOnLeft, sum, rows) = (double.NegativeInfinity, 0, 0L, 0);
        for (var i = 0; i < Math.Min(categories.Length, MostOnLeft); i++)
        {
            var category = fromEnd ? categories[^(i + 1)] : categories[i];
            sum += histogram[category];
            if (counts is not null) rows += counts[category];
            var (gradient, hessian) = ((double)PackedGradients.GradientOf(sum), (double)PackedGradients.HessianOf(sum));
            if (hessian < leaf.MinHessian || leaf.Hessian - hessian < leaf.MinHessian) continue;
            if (counts is not null && (rows < rules.MinRows || leaf.Rows - rows < rules.MinRows)) continue;
            var score = leaf.SideScore(gradient, hessian, l2, rules) + leaf.SideScore(leaf.Gradient - gradient, leaf.Hessian - hessian, l2, rules);
            if (score > best) (best, bestOnLeft) = (score, i + 1);
        }

        return (best, bestOnLeft, fromEnd);
    }
}
