namespace ModelTraining;

/// <summary>Where a feature's bins and its part of a histogram are.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Block">The block that holds its bins.</param>
/// <param name="Column">Its position in the block.</param>
internal sealed record BinColumn(BinnedFeature Feature, BinBlock Block, int Column)
{
    /// <summary>Where its part of a histogram begins.</summary>
    public int HistogramStart { get; } = Block.HistogramStart + (Column * Block.Stride);
}
