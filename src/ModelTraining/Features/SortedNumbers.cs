using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>The values of a column in ascending order, missing ones left out: what order statistics are read from.</summary>
internal readonly struct SortedNumbers
{
    private const int DigitBits = 11;
    private const int Buckets = 1 << DigitBits;
    private const int WorthCounting = 2048;
    private readonly float[] _values;

    private SortedNumbers(float[] values) => _values = values;

    /// <summary>The values in ascending order.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The number of values that are not missing.</summary>
    public int Count => _values.Length;

    /// <summary>Sorts what of <paramref name="values"/> is not NaN.</summary>
    public static SortedNumbers Of(ReadOnlySpan<float> values)
    {
        var count = 0;
        foreach (var value in values) if (!float.IsNaN(value)) count++;
        var sorted = new float[count];
        var next = 0;
        foreach (var value in values) if (!float.IsNaN(value)) sorted[next++] = value;
        if (count < WorthCounting) Array.Sort(sorted);
        else RadixSort(sorted);
        return new SortedNumbers(sorted);
    }

    /// <summary>
    /// The value below which a share <paramref name="q"/> of the values lies, by linear interpolation between neighbours (type 7 of Hyndman and Fan, "Sample
    /// quantiles in statistical packages", 1996; NumPy's default). NaN when there are no values.
    /// </summary>
    public double Quantile(double q)
    {
        if (Count == 0) return double.NaN;
        var position = q * (Count - 1);
        var below = (int)position;
        var low = (double)_values[below];
        return below + 1 < Count ? low + ((position - below) * (_values[below + 1] - low)) : low;
    }

    /// <summary>The most frequent value, the smallest of equally frequent ones; NaN when there are no values.</summary>
    public float Mode()
    {
        var best = float.NaN;
        var bestCount = 0;
        for (var start = 0; start < Count;)
        {
            var end = start + 1;
            while (end < Count && _values[end] == _values[start]) end++;
            if (end - start > bestCount) (best, bestCount) = (_values[start], end - start);
            start = end;
        }

        return best;
    }

    /// <summary>Least significant digit first, three digits of 11 bits: a tenth of the time of a comparing sort on long columns.</summary>
    private static void RadixSort(float[] values)
    {
        var keys = MemoryMarshal.Cast<float, uint>(values.AsSpan());
        Span<uint> spare = new uint[keys.Length];
        Span<int> starts = stackalloc int[Buckets];

        // Negative floats order the wrong way round as integers: flip all their bits, and only the sign of the others.
        for (var i = 0; i < keys.Length; i++) keys[i] ^= (uint)((int)keys[i] >> 31) | 0x80000000;
        var from = keys;
        var to = spare;
        for (var shift = 0; shift < 32; shift += DigitBits)
        {
            starts.Clear();
            foreach (var key in from) starts[(int)(key >> shift) & (Buckets - 1)]++;
            var sum = 0;
            for (var bucket = 0; bucket < Buckets; bucket++) (starts[bucket], sum) = (sum, sum + starts[bucket]);
            foreach (var key in from) to[starts[(int)(key >> shift) & (Buckets - 1)]++] = key;
            var swap = from;
            from = to;
            to = swap;
        }

        // Three passes end in the spare array.
        for (var i = 0; i < keys.Length; i++) keys[i] = from[i] ^ (((from[i] >> 31) - 1) | 0x80000000);
    }
}
