namespace ModelTraining;

/// <summary>What makes a split good, in the units of one tree's packed gradients: a gain in these units is the true one but for a factor.</summary>
internal readonly struct SplitRules
{
    public SplitRules(GradientBoostingOptions options, GradientScale scale, double hessianFactor)
    {
        // A hessian unit is hessianFactor / scale.Hessian. Dividing regularisation by the same unit leaves G²/(H + λ) as it was but for this factor.
        var hessianUnits = scale.Hessian / hessianFactor;
        L1 = options.L1 * scale.Gradient;
        L2 = options.L2 * hessianUnits;
        CategoryL2 = (options.L2 + options.CategoryL2) * hessianUnits;
        CategorySmoothing = options.CategorySmoothing * hessianUnits;
        MinHessian = options.MinHessianPerLeaf * hessianUnits;
        GainUnit = hessianUnits / (scale.Gradient * scale.Gradient);
        ValueUnit = hessianUnits / scale.Gradient;
        MinGain = options.MinGain / GainUnit;
        MinRows = options.MinRowsPerLeaf;
        MinRowsPerCategory = options.MinRowsPerCategory;
    }

    public double L1 { get; }

    public double L2 { get; }

    public double CategoryL2 { get; }

    public double CategorySmoothing { get; }

    public double MinHessian { get; }

    public double MinGain { get; }

    public int MinRows { get; }

    public int MinRowsPerCategory { get; }

    /// <summary>The true gain of a gain of 1.</summary>
    public double GainUnit { get; }

    /// <summary>The true value of a leaf's value of 1.</summary>
    public double ValueUnit { get; }

    /// <summary>−G/(H + λ), G drawn towards zero by L1: the value that lowers the loss most.</summary>
    public double Value(double gradient, double hessian, double l2)
    {
        var drawn = Math.Max(Math.Abs(gradient) - L1, 0);
        return drawn == 0 ? 0 : -Math.CopySign(drawn, gradient) / (hessian + l2);
    }

    /// <summary>What another value than the best scores; that of <see cref="Value"/> is <see cref="Score"/>.</summary>
    public double ScoreOf(double value, double gradient, double hessian, double l2) => -(((2 * gradient) + ((hessian + l2) * value)) * value) - (2 * L1 * Math.Abs(value));

    /// <summary>G²/(H + λ), G drawn towards zero by L1.</summary>
    public double Score(double gradient, double hessian, double l2)
    {
        var drawn = Math.Max(Math.Abs(gradient) - L1, 0);
        return drawn == 0 ? 0 : drawn * drawn / (hessian + l2);
    }
}
