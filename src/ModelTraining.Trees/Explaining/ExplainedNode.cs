namespace ModelTraining;

/// <summary>A split or leaf with the way that leads to it from the split above.</summary>
internal readonly record struct ExplainedNode
{
    /// <summary>The splits above it.</summary>
    public required int Depth { get; init; }

    /// <summary>Whether it is on the left of the split above.</summary>
    public required bool IsLeft { get; init; }

    /// <summary>The place, among the features that are used, of the one that the split above is by.</summary>
    public required int FeatureAbove { get; init; }

    /// <summary>Of the rows that reach the highest split by that feature on the way here, the share that passes all splits by it.</summary>
    public required double Share { get; init; }

    /// <summary>The depth of the nearest node above whose way leads by the same feature; 0 where there is none.</summary>
    public required int SameAbove { get; init; }

    /// <summary>Its <see cref="Share"/>.</summary>
    public required double ShareOfSame { get; init; }

    /// <summary>The place of the feature that a split is by; −1 for a leaf.</summary>
    public required int Feature { get; init; }

    /// <summary>Values up to it go left.</summary>
    public required float Threshold { get; init; }

    /// <summary>Whether missing values go left.</summary>
    public required bool MissingLeft { get; init; }

    /// <summary>The position among the tree's sets of that of the categories that go left; −1 where the split is by a quantity.</summary>
    public required int Set { get; init; }

    /// <summary>The leaf's value.</summary>
    public required double Value { get; init; }
}
