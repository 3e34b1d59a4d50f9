using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelTraining;

/// <summary>The best split of a leaf by a quantity: at one bound between bins, with missing values on the better side.</summary>
internal static unsafe class QuantitySplits
{
    private const int MostBins = 256;

    /// <param name="histogram">The feature's packed sums, bin by bin.</param>
    /// <param name="counts">The feature's rows, bin by bin; null to conclude them from hessians.</param>
    /// <param name="feature">The feature.</param>
    /// <param name="leaf">The leaf.</param>
    /// <param name="rules">The tree's rules.</param>
    public static SplitCandidate Search(long* histogram, int* counts, BinnedFeature feature, in SearchedLeaf leaf, in SplitRules rules)
    {
        var missing = feature.HasMissing ? histogram[feature.MissingBin] : 0;
        // Where none are missing, the last bound leaves nothing on the right.
        var (score, bin) = Best(histogram, counts, feature, missing != 0 ? feature.Bins : feature.Bins - 1, false, leaf, rules);
        var missingLeft = false;
        if (missing != 0)
        {
            var (scoreOfLeft, binOfLeft) = Best(histogram, counts, feature, feature.Bins - 1, true, leaf, rules);
            if (scoreOfLeft > score) (score, bin, missingLeft) = (scoreOfLeft, binOfLeft, true);
        }

        var gain = score - leaf.Score;
        if (!(gain > leaf.MinGain)) return default;
        var left = missingLeft ? missing : 0;
        for (var i = 0; i <= bin; i++) left += histogram[i];
        // Nothing was missing, so nothing says where it belongs: with the greater part.
        if (missing == 0) missingLeft = PackedGradients.HessianOf(left) * 2 > leaf.Hessian;
        return new SplitCandidate { Gain = gain, Bin = bin, MissingLeft = missingLeft, Left = left };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Score, int Bin) Best(long* histogram, int* counts, BinnedFeature feature, int bounds, bool missingLeft, in SearchedLeaf leaf, in SplitRules rules)
    {
        var gradients = stackalloc double[MostBins + 4];
        var hessians = stackalloc double[MostBins + 4];
        var sum = missingLeft ? histogram[feature.MissingBin] : 0;
        for (var bin = 0; bin < bounds; bin++)
        {
            sum += histogram[bin];
            gradients[bin] = PackedGradients.GradientOf(sum);
            hessians[bin] = PackedGradients.HessianOf(sum);
        }

        if (counts is not null)
        {
            var rows = missingLeft ? counts[feature.MissingBin] : 0;
            for (var bin = 0; bin < bounds; bin++)
            {
                rows += counts[bin];
                if (rows < rules.MinRows || leaf.Rows - rows < rules.MinRows) hessians[bin] = 0;
            }
        }

        for (var bin = bounds; bin < bounds + 4; bin++) (gradients[bin], hessians[bin]) = (0, 0);
        return Best(gradients, hessians, bounds, leaf, rules);
    }

    /// <summary>The greatest score of two sides among <paramref name="bounds"/> bounds, the first where several are equal; 0 where no bound may be used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Score, int Bin) Best(double* gradients, double* hessians, int bounds, in SearchedLeaf leaf, in SplitRules rules)
    {
        var (allGradients, allHessians) = (Vector256.Create(leaf.Gradient), Vector256.Create(leaf.Hessian));
        var (l1, l2, minHessian) = (Vector256.Create(rules.L1), Vector256.Create(rules.L2), Vector256.Create(leaf.MinHessian));
        var (best, bestBin, bin) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256.Create(0.0, 1, 2, 3));
        for (var i = 0; i < bounds; i += Vector256<double>.Count)
        {
            var (g, h) = (Vector256.Load(gradients + i), Vector256.Load(hessians + i));
            var (otherG, otherH) = (allGradients - g, allHessians - h);
            g = Vector256.Max(Vector256.Abs(g) - l1, Vector256<double>.Zero);
            otherG = Vector256.Max(Vector256.Abs(otherG) - l1, Vector256<double>.Zero);
            var (weight, otherWeight) = (h + l2, otherH + l2);
            // Both sides' G²/(H + λ) over one common denominator, as a division is the slowest step.
            var score = ((g * g * otherWeight) + (otherG * otherG * weight)) / (weight * otherWeight);
            var better = Vector256.GreaterThanOrEqual(h, minHessian) & Vector256.GreaterThanOrEqual(otherH, minHessian) & Vector256.GreaterThan(score, best);
            best = Vector256.ConditionalSelect(better, score, best);
            bestBin = Vector256.ConditionalSelect(better, bin, bestBin);
            bin += Vector256.Create(4.0);
        }

        var (greatest, first) = (best[0], bestBin[0]);
        for (var lane = 1; lane < Vector256<double>.Count; lane++)
        {
            if (best[lane] > greatest || (best[lane] == greatest && bestBin[lane] < first)) (greatest, first) = (best[lane], bestBin[lane]);
        }

        return (greatest, (int)first);
    }
}
