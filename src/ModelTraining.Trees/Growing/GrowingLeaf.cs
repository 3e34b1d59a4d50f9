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

    public void Begin(int start, int rows, long sum, int depth, GrownSplit? parent)
    {
        (Start, Rows, Sum, Depth, Parent) = (start, rows, sum, depth, parent);
        (Histogram, Counts, Best) = (null, null, default);
    }
}
