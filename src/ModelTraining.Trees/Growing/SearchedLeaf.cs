namespace ModelTraining;

/// <summary>What the search for a leaf's best split goes by.</summary>
internal readonly struct SearchedLeaf
{
    // Rounding up or down has a variance of at most 1/4 a row; the greatest of thousands of splits of noise alone gains about sixteen times its mean.
    private const double NoiseGain = 4;

    private readonly double _lower;
    private readonly double _upper;

    /// <param name="leaf">The leaf.</param>
    /// <param name="rules">The tree's rules.</param>
    public SearchedLeaf(GrowingLeaf leaf, in SplitRules rules)
    {
        var (sum, rows, counted) = (leaf.Sum, leaf.Rows, leaf.Counts is not null);
        (_lower, _upper) = (leaf.Lower, leaf.Upper);
        Gradient = PackedGradients.GradientOf(sum);
        Hessian = PackedGradients.HessianOf(sum);
        Rows = rows;
        RowsPerHessian = rows / Math.Max(Hessian, 1);
        MinHessian = Math.Max(1, counted ? rules.MinHessian : Math.Max(rules.MinHessian, rules.MinRows / RowsPerHessian));
        Score = SideScore(Gradient, Hessian, rules.L2, rules);
        MinGain = Math.Max(rules.MinGain, NoiseGain * RowsPerHessian);
    }

    /// <summary>A value within the leaf's bounds.</summary>
    public double Bound(double value) => Math.Clamp(value, _lower, _upper);

    /// <summary>What some of its rows score with the best value within its bounds.</summary>
    public double SideScore(double gradient, double hessian, double l2, in SplitRules rules) => double.IsInfinity(_lower) && double.IsInfinity(_upper)
        ? rules.Score(gradient, hessian, l2)
        : rules.ScoreOf(Bound(rules.Value(gradient, hessian, l2)), gradient, hessian, l2);

    public double Gradient { get; }

    public double Hessian { get; }

    public int Rows { get; }

    /// <summary>A histogram knows hessians, not rows; so many rows have, on average, a hessian of one unit.</summary>
    public double RowsPerHessian { get; }

    /// <summary>The least hessian of either side, so that it has enough of it and, unless they are counted, by <see cref="RowsPerHessian"/> enough rows.</summary>
    public double MinHessian { get; }

    /// <summary>What the leaf scores unsplit.</summary>
    public double Score { get; }

    /// <summary>The least gain that is more than the noise of rounding.</summary>
    public double MinGain { get; }
}
