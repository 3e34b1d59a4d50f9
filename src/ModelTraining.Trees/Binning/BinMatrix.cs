namespace ModelTraining;

/// <summary>
/// The training rows as bytes, one a value. Features that have the same value everywhere are left out. The others stand in order of their number of
/// bins, so that those of a block need histograms of like size.
/// </summary>
internal sealed class BinMatrix
{
    private const int RowsPerTask = 8192;

    private BinMatrix(BinBlock[] blocks, int rows)
    {
        Blocks = blocks;
        Rows = rows;
        Columns = [.. blocks.SelectMany(block => block.Features.Select((feature, column) => new BinColumn(feature, block, column)))];
        HistogramLength = blocks.Sum(block => block.HistogramLength);
    }

    public BinBlock[] Blocks { get; }

    /// <summary>The features of all blocks, one block after the other.</summary>
    public BinColumn[] Columns { get; }

    public int Rows { get; }

    public int HistogramLength { get; }

    /// <summary>As <see cref="Of"/>; trainings that share their data share the matrix.</summary>
    public static BinMatrix Shared(TrainingData data, RowPart part, int maxBins, SeededRandom random, WorkerTeam team, CancellationToken cancellationToken) =>
        data.Shared?.Get((nameof(BinMatrix), maxBins, random.State), () => Of(part, maxBins, random, team, cancellationToken)) ?? Of(part, maxBins, random, team, cancellationToken);

    public static BinMatrix Of(RowPart part, int maxBins, SeededRandom random, WorkerTeam team, CancellationToken cancellationToken)
    {
        var (features, rows) = (part.Features, part.TableRows);
        var binned = FeatureBinning.Bounds(features, rows, maxBins, random, team, cancellationToken);
        var blocks = Arrange([.. binned.Where(feature => feature.Varies).OrderBy(feature => feature.Bins)], rows.Length);
        team.Run((rows.Length + RowsPerTask - 1) / RowsPerTask, task =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var first = task * RowsPerTask;
            var chunk = rows.Span.Slice(first, Math.Min(RowsPerTask, rows.Length - first));
            foreach (var block in blocks)
            {
                for (var column = 0; column < block.Width; column++) FeatureBinning.Fill(block, column, features, chunk, first);
            }
        });
        return new BinMatrix(blocks, rows.Length);
    }

    private static BinBlock[] Arrange(BinnedFeature[] features, int rows)
    {
        if (features.Length == 0) return [];
        var widest = Math.Clamp((Array.MaxLength - BinBlock.BytesBehind) / Math.Max(1, rows), 1, BinBlock.MostFeatures);
        var blocks = new BinBlock[(features.Length + widest - 1) / widest];
        var (first, histogram) = (0, 0);
        for (var i = 0; i < blocks.Length; i++)
        {
            var end = (int)((long)features.Length * (i + 1) / blocks.Length);
            blocks[i] = new BinBlock(features[first..end], rows, histogram);
            histogram = checked(histogram + blocks[i].HistogramLength);
            first = end;
        }

        return blocks;
    }
}
