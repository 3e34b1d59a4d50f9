namespace ModelTraining;

/// <summary>A tree before its leaves have values.</summary>
/// <param name="Splits">The splits; the first is the root's.</param>
/// <param name="Leaves">The leaves in the order in which they came to be.</param>
internal sealed record GrownTree(IReadOnlyList<GrownSplit> Splits, IReadOnlyList<GrowingLeaf> Leaves);
