namespace ModelTraining;

/// <summary>What the search for a leaf's best split goes by.</summary>
internal readonly struct SearchedLeaf
{
    // Rounding up or down has a variance of at most 1/4 a row; the greatest of thousands of splits of noise alone gains about sixteen times its mean.
    private const double NoiseGain = 4;

    /// <param name="sum">The packed sum of the leaf's gradients and hessians.</param>
    /// <param name="rows">Its number of rows.</param>
    /// <param name="rules">The tree's rules.</param>
    /// <param name="counted">Whether rows are counted, so that nothing has to be concluded from hessians.</param>
    public SearchedLeaf(long sum, int rows, in SplitRules rules, bool counted)
    {
        Gradient = PackedGradients.GradientOf(sum);
        Hessian = PackedGradients.HessianOf(sum);
        Rows = rows;
        RowsPerHessian = rows / Math.Max(Hessian, 1);
        MinHessian = Math.Max(1, counted ? rules.MinHessian : Math.Max(rules.MinHessian, rules.MinRows / RowsPerHessian));
        Score = rules.Score(Gradient, Hessian, rules.L2);
        MinGain = Math.Max(rules.MinGain, NoiseGain * RowsPerHessian);
    }

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
