namespace ModelTraining;

/// <summary>A tree as flat arrays, one entry a split; the first is the root's. A tree without splits has one leaf.</summary>
internal sealed class DecisionTree
{
    /// <summary>The class, or 0, that the leaves' values are added to.</summary>
    public required int Output { get; init; }

    /// <summary>The feature that each split is by.</summary>
    public required int[] Features { get; init; }

    /// <summary>Values up to it go left; NaN where the split is by categories.</summary>
    public required float[] Thresholds { get; init; }

    /// <summary>Whether missing values go left. They never do where the split is by categories.</summary>
    public required bool[] MissingLeft { get; init; }

    /// <summary>The categories that go left; null where the split is by a quantity.</summary>
    public required BinSet?[] Categories { get; init; }

    /// <summary>Where a row goes that goes left: a split, or the complement of a leaf.</summary>
    public required int[] Left { get; init; }

    /// <summary>Where a row goes that goes right: a split, or the complement of a leaf.</summary>
    public required int[] Right { get; init; }

    /// <summary>By how much each split lowered the loss.</summary>
    public required double[] Gains { get; init; }

    /// <summary>The leaves' values.</summary>
    public required float[] Leaves { get; init; }

    /// <summary>How many of the rows that it was grown on are in each leaf, by their weight.</summary>
    public required float[] LeafCovers { get; init; }

    /// <summary>The same splits with all leaves multiplied by a factor.</summary>
    public DecisionTree Times(float factor) => new()
    {
        Output = Output,
        Features = Features,
        Thresholds = Thresholds,
        MissingLeft = MissingLeft,
        Categories = Categories,
        Left = Left,
        Right = Right,
        Gains = Gains,
        Leaves = Array.ConvertAll(Leaves, leaf => leaf * factor),
        LeafCovers = LeafCovers,
    };

    public static DecisionTree Of(GrownTree tree, float[] leaves, float[] leafCovers, int output)
    {
        var splits = tree.Splits;
        return new DecisionTree
        {
            Output = output,
            Features = [.. splits.Select(split => split.Column.Feature.Feature)],
            Thresholds = [.. splits.Select(split => IsQuantity(split) ? split.Column.Feature.Threshold(split.Split.Bin) : float.NaN)],
            MissingLeft = [.. splits.Select(split => split.Split.MissingLeft)],
            Categories = [.. splits.Select(split => IsQuantity(split) ? default(BinSet?) : split.Split.Categories)],
            Left = [.. splits.Select(split => split.Left)],
            Right = [.. splits.Select(split => split.Right)],
            Gains = [.. splits.Select(split => split.Gain)],
            Leaves = leaves,
            LeafCovers = leafCovers,
        };
    }

    private static bool IsQuantity(GrownSplit split) => split.Column.Feature.Kind != FeatureKind.Category;
}
