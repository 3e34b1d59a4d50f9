namespace ModelTraining;

/// <summary>
/// What is left to chance in a leaf's split: the features that may be used, and where a feature is split. Both are functions of the tree's seed, the leaf and
/// the feature, so that they are the same in whatever order leaves and features are looked at.
/// </summary>
/// <param name="share">The share of features that a split draws on average; at least one is.</param>
/// <param name="randomBounds">Whether a quantity is split at a random bound, and not at its best.</param>
/// <param name="seed">The tree's seed.</param>
internal sealed class SplitDraw(double share, bool randomBounds, ulong seed)
{
    public bool RandomBounds => randomBounds;

    /// <summary>The column that is drawn whatever the share, of so many.</summary>
    public int Always(GrowingLeaf leaf, int columns)
    {
        var (least, first) = (ulong.MaxValue, 0);
        for (var column = 0; column < columns; column++)
        {
            var bits = Bits(leaf, column);
            if (bits < least) (least, first) = (bits, column);
        }

        return first;
    }

    /// <summary>Whether a split of the leaf may use a column.</summary>
    public bool Draws(GrowingLeaf leaf, int column) => share >= 1 || (Bits(leaf, column) >> 11) * (1.0 / (1UL << 53)) < share;

    /// <summary>A number in [0, 1) for the bound at which a column is split.</summary>
    public double Bound(GrowingLeaf leaf, int column) => (Bits(leaf, ~column) >> 11) * (1.0 / (1UL << 53));

    /// <summary>SplitMix64's last steps over all that tells this leaf and column from others.</summary>
    private ulong Bits(GrowingLeaf leaf, int column)
    {
        var z = seed + (0x9E3779B97F4A7C15UL * (((ulong)leaf.Start << 32) | (uint)leaf.Rows)) + (0xD1B54A32D192ED03UL * (((ulong)leaf.Depth << 32) | (uint)column));
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
