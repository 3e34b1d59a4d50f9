using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelTraining;

/// <summary>Finds the bins of features, and puts rows into them.</summary>
internal static unsafe class FeatureBinning
{
    /// <summary>As many rows put 392 into each of 255 bins, give or take 20; all rows are used where there are fewer.</summary>
    public const int SampleRows = 100_000;

    private const int MostBins = 256;
    private const int Group = 16;

    /// <summary>The bins of each feature, from a sample of <paramref name="rows"/>.</summary>
    public static BinnedFeature[] Bounds(FeatureSet features, ReadOnlyMemory<int> rows, int maxBins, SeededRandom random, WorkerTeam team, CancellationToken cancellationToken)
    {
        using var sample = Sample(rows.Span, random);
        using var buffers = new NativeBuffers<float>(2 * sample.Length);
        var binned = new BinnedFeature[features.Count];
        team.Run(features.Count, feature =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var info = features.Features[feature];
            var column = features.Column(feature);
            if (info.Kind == FeatureKind.Category)
            {
                binned[feature] = new BinnedFeature { Feature = feature, Kind = info.Kind, Thresholds = [], Bins = info.Cardinality };
            }
            else
            {
                var buffer = buffers.Rent();
                binned[feature] = Quantity(feature, column, sample.Span, buffer.Span, maxBins);
                buffers.Return(buffer);
            }

            // Fill will find missing values; beside a single other value they are all there is to split by, and have to be known before.
            if (binned[feature].Bins == 1) binned[feature].HasMissing = AnyMissing(column, rows.Span, binned[feature]);
        });
        return binned;
    }

    /// <summary>Writes the bins of the feature at <paramref name="column"/> of <paramref name="block"/>, and notes whether values are missing.</summary>
    /// <param name="block">Takes the bins.</param>
    /// <param name="column">The feature's position in the block.</param>
    /// <param name="features">The values.</param>
    /// <param name="rows">The rows of <paramref name="features"/>.</param>
    /// <param name="first">The row of the block that the first of <paramref name="rows"/> becomes.</param>
    public static void Fill(BinBlock block, int column, FeatureSet features, ReadOnlySpan<int> rows, int first)
    {
        var feature = block.Features[column];
        var values = features.Column(feature.Feature);
        var bins = block.Bins + ((nint)first * block.Width) + column;
        var missing = feature.Kind == FeatureKind.Category
            ? FillCategories(bins, block.Width, feature, values, rows)
            : FillQuantities(bins, block.Width, feature, values, rows);
        if (missing) feature.HasMissing = true; // by any thread, and never back
    }

    /// <summary>The category that a value stands for; the number of categories, which is the bin of missing values, where it stands for none.</summary>
    public static int CategoryOf(float value, int cardinality)
    {
        // NaN and numbers out of range fail the comparison with what they are turned into.
        var category = (int)Math.Clamp(value, -1, cardinality);
        return category >= 0 && category == value ? category : cardinality;
    }

    private static bool FillCategories(byte* bins, int width, BinnedFeature feature, ReadOnlySpan<float> values, ReadOnlySpan<int> rows)
    {
        var anyMissing = false;
        foreach (var row in rows)
        {
            var category = CategoryOf(values[row], feature.Bins);
            anyMissing |= category == feature.MissingBin;
            *bins = (byte)category;
            bins += width;
        }

        return anyMissing;
    }

    /// <summary>
    /// A value's bin is the number of thresholds below it. They are compared 16 at a time: first the last ones of sixteen groups, which says the group, then
    /// those of the group.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool FillQuantities(byte* bins, int width, BinnedFeature feature, ReadOnlySpan<float> values, ReadOnlySpan<int> rows)
    {
        var thresholds = stackalloc float[MostBins];
        new Span<float>(thresholds, MostBins).Fill(float.PositiveInfinity);
        feature.Thresholds.CopyTo(new Span<float>(thresholds, MostBins));
        var groupEnds = stackalloc float[Group];
        for (var group = 0; group < Group; group++) groupEnds[group] = thresholds[(group * Group) + Group - 1];
        var ends = Vector512.Load(groupEnds);
        var missing = feature.MissingBin;
        var anyMissing = false;
        foreach (var row in rows)
        {
            var value = values[row];
            var all = Vector512.Create(value);
            var start = Group * BitOperations.PopCount(Vector512.LessThan(ends, all).ExtractMostSignificantBits());
            var bin = start + BitOperations.PopCount(Vector512.LessThan(Vector512.Load(thresholds + start), all).ExtractMostSignificantBits());
            if (float.IsNaN(value)) (bin, anyMissing) = (missing, true);
            *bins = (byte)bin;
            bins += width;
        }

        return anyMissing;
    }

    private static BinnedFeature Quantity(int feature, ReadOnlySpan<float> column, ReadOnlySpan<int> sample, Span<float> buffer, int maxBins)
    {
        var values = buffer[..sample.Length];
        var count = 0;
        foreach (var row in sample)
        {
            var value = column[row];
            if (!float.IsNaN(value)) values[count++] = value + 0f; // −0 becomes 0
        }

        values = values[..count];
        FloatSort.Sort(values, buffer[sample.Length..]);
        var thresholds = BinBounds.Of(values, maxBins);
        return new BinnedFeature { Feature = feature, Kind = FeatureKind.Numeric, Thresholds = thresholds, Bins = count == 0 ? 0 : thresholds.Length + 1 };
    }

    private static NativeBuffer<int> Sample(ReadOnlySpan<int> rows, SeededRandom random)
    {
        var sample = new NativeBuffer<int>(Math.Min(rows.Length, SampleRows));
        // Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S) keeps the rows in order.
        var taken = 0;
        for (var i = 0; taken < sample.Length; i++)
        {
            if (rows.Length <= SampleRows || (rows.Length - i) * random.NextDouble() < sample.Length - taken) sample.Span[taken++] = rows[i];
        }

        return sample;
    }

    private static bool AnyMissing(ReadOnlySpan<float> column, ReadOnlySpan<int> rows, BinnedFeature feature)
    {
        foreach (var row in rows)
        {
            if (feature.Kind == FeatureKind.Category ? CategoryOf(column[row], feature.Bins) == feature.MissingBin : float.IsNaN(column[row])) return true;
        }

        return false;
    }
}
