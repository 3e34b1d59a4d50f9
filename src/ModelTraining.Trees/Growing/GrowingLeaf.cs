namespace ModelTraining;

/// <summary>A leaf of a tree that is being grown. The objects are used again for the next tree.</summary>
internal sealed class GrowingLeaf
{
    /// <summary>Where its rows begin in the partition.</summary>
    public int Start { get; private set; }

    public int Rows { get; private set; }

    /// <summary>The packed sum of its gradients and hessians.</summary>
    public long Sum { get; private set; }

    public int Depth { get; private set; }

    /// <summary>Its place among the tree's leaves.</summary>
    public int Position { get; set; }

    /// <summary>The split that made it; null for the root.</summary>
    public GrownSplit? Parent { get; private set; }

    /// <summary>Its packed sums by feature and bin, pinned; null where they are not kept.</summary>
    public long[]? Histogram { get; set; }

    /// <summary>Its rows by feature and bin, where hessians misled and they had to be counted.</summary>
    public int[]? Counts { get; set; }

    /// <summary>Its best split; one without gain where there is none.</summary>
    public SplitCandidate Best { get; set; }

    /// <summary>The least value it may have, in the units of the tree's packed gradients.</summary>
    public double Lower { get; set; }

    /// <summary>The greatest value it may have, in the units of the tree's packed gradients.</summary>
    public double Upper { get; set; }

    /// <summary>The interaction groups that hold all features from the root to it; null for all.</summary>
    public bool[]? Groups { get; set; }

    /// <summary>Of each of the matrix's columns whether it may be split by it; null for all.</summary>
    public bool[]? Allowed { get; set; }

    /// <summary>The value of some of its rows within its bounds, in the units of the tree's packed gradients.</summary>
    public double ValueOf(long sum, in SplitRules rules) =>
        Math.Clamp(rules.Value(PackedGradients.GradientOf(sum), PackedGradients.HessianOf(sum), rules.L2), Lower, Upper);

    public void Begin(int start, int rows, long sum, int depth, GrownSplit? parent)
    {
        (Start, Rows, Sum, Depth, Parent) = (start, rows, sum, depth, parent);
        (Histogram, Counts, Best) = (null, null, default);
        (Lower, Upper, Groups, Allowed) = (double.NegativeInfinity, double.PositiveInfinity, null, null);
    }
}
