namespace ModelTraining;

/// <summary>A tree before its leaves have values.</summary>
/// <param name="Splits">The splits; the first is the root's.</param>
/// <param name="Leaves">The leaves in the order in which they came to be.</param>
/// <param name="ValueUnit">What a leaf's bound of 1 is.</param>
internal sealed record GrownTree(IReadOnlyList<GrownSplit> Splits, IReadOnlyList<GrowingLeaf> Leaves, double ValueUnit);
