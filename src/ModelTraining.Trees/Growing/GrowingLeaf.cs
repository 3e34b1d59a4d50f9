namespace ModelTraining;

/// <summary>A leaf of a tree that is being grown.</summary>
internal sealed class GrowingLeaf
{
    /// <summary>Where its rows begin in the partition.</summary>
    public required int Start { get; init; }

    public required int Rows { get; init; }

    public required int Depth { get; init; }

    /// <summary>The split that made it; null for the root.</summary>
    public required GrownSplit? Parent { get; init; }

    /// <summary>The packed sum of its gradients and hessians.</summary>
    public required long Sum { get; init; }

    /// <summary>Its packed sums by feature and bin, pinned; null where it will not be split.</summary>
    public long[]? Histogram { get; set; }

    /// <summary>Its rows by feature and bin, where hessians misled and they had to be counted.</summary>
    public int[]? Counts { get; set; }

    /// <summary>Its best split; one without gain where there is none.</summary>
    public SplitCandidate Best { get; set; }
}
