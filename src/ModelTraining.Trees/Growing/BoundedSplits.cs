namespace ModelTraining;

/// <summary>
/// The best split of a leaf by a quantity where values are bounded: sides are scored with the values they would get between their bounds, and a split
/// that runs against the feature's direction is none ("basic" in LightGBM, and the way of XGBoost).
/// </summary>
internal static unsafe class BoundedSplits
{
    /// <param name="histogram">The feature's packed sums, bin by bin.</param>
    /// <param name="counts">The feature's rows, bin by bin; null to conclude them from hessians.</param>
    /// <param name="feature">The feature.</param>
    /// <param name="leaf">The leaf.</param>
    /// <param name="rules">The tree's rules.</param>
    /// <param name="direction">1 where the left side's value may not be the greater one, −1 where it may not be the smaller one, else 0.</param>
    public static SplitCandidate Search(long* histogram, int* counts, BinnedFeature feature, in SearchedLeaf leaf, in SplitRules rules, int direction)
    {
        var missing = feature.HasMissing ? histogram[feature.MissingBin] : 0;
        var best = Best(histogram, counts, feature, missing != 0 ? feature.Bins : feature.Bins - 1, false, leaf, rules, direction);
        if (missing != 0)
        {
            var withMissing = Best(histogram, counts, feature, feature.Bins - 1, true, leaf, rules, direction);
            if (withMissing.Gain > best.Gain) best = withMissing;
        }

        best.Gain -= leaf.Score;
        if (!(best.Gain > leaf.MinGain)) return default;
        if (missing == 0) best.MissingLeft = PackedGradients.HessianOf(best.Left) * 2 > leaf.Hessian;
        return best;
    }

    private static SplitCandidate Best(long* histogram, int* counts, BinnedFeature feature, int bounds, bool missingLeft, in SearchedLeaf leaf, in SplitRules rules, int direction)
    {
        // A bounded value can make a side worse than none at all.
        var best = new SplitCandidate { Gain = double.NegativeInfinity, MissingLeft = missingLeft };
        var (sum, rows) = (missingLeft ? histogram[feature.MissingBin] : 0, missingLeft && counts is not null ? counts[feature.MissingBin] : 0);
        for (var bin = 0; bin < bounds; bin++)
        {
            sum += histogram[bin];
            if (counts is not null) rows += counts[bin];
            double gradient = PackedGradients.GradientOf(sum), hessian = PackedGradients.HessianOf(sum);
            if (hessian < leaf.MinHessian || leaf.Hessian - hessian < leaf.MinHessian) continue;
            if (counts is not null && (rows < rules.MinRows || leaf.Rows - rows < rules.MinRows)) continue;
            var (otherGradient, otherHessian) = (leaf.Gradient - gradient, leaf.Hessian - hessian);
            var (left, right) = (leaf.Bound(rules.Value(gradient, hessian, rules.L2)), leaf.Bound(rules.Value(otherGradient, otherHessian, rules.L2)));
            if (direction * (right - left) < 0) continue;
            var score = rules.ScoreOf(left, gradient, hessian, rules.L2) + rules.ScoreOf(right, otherGradient, otherHessian, rules.L2);
            if (score > best.Gain) (best.Gain, best.Bin, best.Left) = (score, bin, sum);
        }

        return best;
    }
}
