namespace ModelTraining;

/// <summary>
/// A split of a leaf by a quantity at a random bound between its least and its greatest bin there (Geurts, Ernst and Wehenkel, "Extremely Randomized Trees",
/// Machine Learning 63, 2006), with missing values on the better side.
/// </summary>
internal static unsafe class RandomSplits
{
    /// <param name="histogram">The feature's packed sums, bin by bin.</param>
    /// <param name="counts">The feature's rows, bin by bin; null to conclude them from hessians.</param>
    /// <param name="feature">The feature.</param>
    /// <param name="leaf">The leaf.</param>
    /// <param name="rules">The tree's rules.</param>
    /// <param name="chance">In [0, 1): where between least and greatest.</param>
    public static SplitCandidate Search(long* histogram, int* counts, BinnedFeature feature, in SearchedLeaf leaf, in SplitRules rules, double chance)
    {
        var (least, greatest) = (0, feature.Bins - 1);
        while (least < greatest && histogram[least] == 0) least++;
        while (greatest > least && histogram[greatest] == 0) greatest--;
        var missing = feature.HasMissing ? histogram[feature.MissingBin] : 0;
        if (least >= greatest && missing == 0) return default;
        var bin = least >= greatest ? greatest : least + (int)((greatest - least) * chance);
        var (sum, rows) = (0L, 0);
        for (var i = least; i <= bin; i++)
        {
            sum += histogram[i];
            if (counts is not null) rows += counts[i];
        }

        var missingRows = counts is null || missing == 0 ? 0 : counts[feature.MissingBin];
        var right = Score(sum, counts is null ? null : rows, leaf, rules);
        var left = missing == 0 || least >= greatest ? 0 : Score(sum + missing, counts is null ? null : rows + missingRows, leaf, rules);
        var missingLeft = left > right;
        var gain = Math.Max(left, right) - leaf.Score;
        if (!(gain > leaf.MinGain)) return default;
        if (missingLeft) sum += missing;
        if (missing == 0) missingLeft = PackedGradients.HessianOf(sum) * 2 > leaf.Hessian;
        return new SplitCandidate { Gain = gain, Bin = bin, MissingLeft = missingLeft, Left = sum };
    }

    /// <summary>0 where a side has too little.</summary>
    private static double Score(long left, int? rows, in SearchedLeaf leaf, in SplitRules rules)
    {
        double hessian = PackedGradients.HessianOf(left);
        double gradient = PackedGradients.GradientOf(left);
        if (hessian < leaf.MinHessian || leaf.Hessian - hessian < leaf.MinHessian) return 0;
        if (rows < rules.MinRows || leaf.Rows - rows < rules.MinRows) return 0;
        return rules.Score(gradient, hessian, rules.L2) + rules.Score(leaf.Gradient - gradient, leaf.Hessian - hessian, rules.L2);
    }
}
