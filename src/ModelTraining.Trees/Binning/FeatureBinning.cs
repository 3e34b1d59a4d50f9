using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>Finds the bins of features, and puts rows into them.</summary>
internal static unsafe class FeatureBinning
{
    /// <summary>As many rows give quantiles to a fifth of a bin's width at 255 bins; all rows are used where there are fewer.</summary>
    public const int SampleRows = 200_000;

    private const int MostThresholds = 255;

    /// <summary>The bins of each feature, from a sample of <paramref name="rows"/>.</summary>
    public static BinnedFeature[] Bounds(FeatureSet features, ReadOnlyMemory<int> rows, int maxBins, SeededRandom random, WorkerTeam team, CancellationToken cancellationToken)
    {
        var sample = Sample(rows, random);
        var binned = new BinnedFeature[features.Count];
        team.Run(features.Count, feature =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var info = features.Features[feature];
            var column = features.Column(feature);
            binned[feature] = info.Kind == FeatureKind.Category
                ? new BinnedFeature { Feature = feature, Kind = info.Kind, Thresholds = [], Bins = info.Cardinality, HasMissing = HasUnknown(column, rows.Span, info.Cardinality) }
                : Quantity(feature, column, sample.Span, rows.Span, maxBins);
        });
        return binned;
    }

    /// <summary>Writes the bins of the feature at <paramref name="column"/> of <paramref name="block"/>.</summary>
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
        if (feature.Kind == FeatureKind.Category)
        {
            foreach (var row in rows)
            {
                *bins = (byte)CategoryOf(values[row], feature.Bins);
                bins += block.Width;
            }

            return;
        }

        // A power of two of thresholds, so that every search takes the same steps and none branches.
        var size = 1;
        while (size <= feature.Thresholds.Length) size *= 2;
        Span<float> padded = stackalloc float[MostThresholds + 1];
        padded.Fill(float.PositiveInfinity);
        feature.Thresholds.CopyTo(padded);
        ref var thresholds = ref MemoryMarshal.GetReference(padded);
        var missing = feature.MissingBin;
        var width = block.Width;
        var i = 0;
        for (; i + 4 <= rows.Length; i += 4)
        {
            // Four searches at once: each waits for its own loads only.
            var (x0, x1, x2, x3) = (values[rows[i]], values[rows[i + 1]], values[rows[i + 2]], values[rows[i + 3]]);
            int b0 = 0, b1 = 0, b2 = 0, b3 = 0;
            for (var step = size / 2; step > 0; step /= 2)
            {
                b0 += Step(ref thresholds, b0, step, x0);
                b1 += Step(ref thresholds, b1, step, x1);
                b2 += Step(ref thresholds, b2, step, x2);
                b3 += Step(ref thresholds, b3, step, x3);
            }

            bins[0] = (byte)(float.IsNaN(x0) ? missing : b0);
            bins[width] = (byte)(float.IsNaN(x1) ? missing : b1);
            bins[2 * width] = (byte)(float.IsNaN(x2) ? missing : b2);
            bins[3 * width] = (byte)(float.IsNaN(x3) ? missing : b3);
            bins += 4 * width;
        }

        for (; i < rows.Length; i++)
        {
            var x = values[rows[i]];
            var bin = 0;
            for (var step = size / 2; step > 0; step /= 2) bin += Step(ref thresholds, bin, step, x);
            *bins = (byte)(float.IsNaN(x) ? missing : bin);
            bins += width;
        }
    }

    /// <summary>The category that a value stands for; the number of categories, which is the bin of missing values, where it stands for none.</summary>
    public static int CategoryOf(float value, int cardinality)
    {
        // NaN and numbers out of range fail the comparison with what they are turned into.
        var category = (int)Math.Clamp(value, -1, cardinality);
        return category >= 0 && category == value ? category : cardinality;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Step(ref float thresholds, int bin, int step, float value) => step & -Unsafe.BitCast<bool, byte>(Unsafe.Add(ref thresholds, bin + step - 1) < value);

    private static BinnedFeature Quantity(int feature, ReadOnlySpan<float> column, ReadOnlySpan<int> sample, ReadOnlySpan<int> rows, int maxBins)
    {
        // Not from the managed heap: it would keep megabytes that are needed once.
        var buffer = (float*)NativeMemory.Alloc((nuint)sample.Length * 2, sizeof(float));
        try
        {
            var values = new Span<float>(buffer, sample.Length);
            var count = 0;
            foreach (var row in sample)
            {
                var value = column[row];
                if (!float.IsNaN(value)) values[count++] = value + 0f; // −0 becomes 0
            }

            values = values[..count];
            FloatSort.Sort(values, new Span<float>(buffer + sample.Length, sample.Length));
            var thresholds = BinBounds.Of(values, maxBins);
            var hasMissing = HasMissing(column, rows);
            return new BinnedFeature { Feature = feature, Kind = FeatureKind.Numeric, Thresholds = thresholds, Bins = count == 0 ? 0 : thresholds.Length + 1, HasMissing = hasMissing };
        }
        finally
        {
            NativeMemory.Free(buffer);
        }
    }

    private static ReadOnlyMemory<int> Sample(ReadOnlyMemory<int> rows, SeededRandom random)
    {
        if (rows.Length <= SampleRows) return rows;
        // Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S) keeps the rows in order.
        var sample = new int[SampleRows];
        var taken = 0;
        for (var i = 0; taken < SampleRows; i++)
        {
            if ((rows.Length - i) * random.NextDouble() < SampleRows - taken) sample[taken++] = rows.Span[i];
        }

        return sample;
    }

    private static bool HasMissing(ReadOnlySpan<float> column, ReadOnlySpan<int> rows)
    {
        foreach (var row in rows) if (float.IsNaN(column[row])) return true;
        return false;
    }

    private static bool HasUnknown(ReadOnlySpan<float> column, ReadOnlySpan<int> rows, int cardinality)
    {
        foreach (var row in rows) if (CategoryOf(column[row], cardinality) == cardinality) return true;
        return false;
    }
}
