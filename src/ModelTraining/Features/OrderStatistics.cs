namespace ModelTraining;

/// <summary>
/// What the values of a column would say if they were sorted; NaN is left out. They are not: one pass counts them by their leading bits, another takes the few
/// out that share those of the value that is wanted. Not thread-safe.
/// </summary>
internal sealed class OrderStatistics
{
    /// <summary>Sign, exponent and five bits of the mantissa: a bucket is a thirty-second of an octave, and the counts fit a core's own cache.</summary>
    private const int LeadingBits = 14;

    private readonly float[] _values;
    private readonly int[] _counts = new int[1 << LeadingBits];
    private float[] _bucketValues = [];
    private int _bucket = -1;

    /// <param name="values">The values. Kept, not copied.</param>
    public OrderStatistics(float[] values)
    {
        _values = values;
        foreach (var value in values)
        {
            if (float.IsNaN(value)) continue;
            _counts[BucketOf(value)]++;
            Count++;
        }
    }

    /// <summary>The number of values that are not missing.</summary>
    public int Count { get; }

    /// <summary>
    /// The value below which a share <paramref name="q"/> of the values lies, by linear interpolation between neighbours (type 7 of Hyndman and Fan, "Sample
    /// quantiles in statistical packages", 1996; NumPy's default). NaN when there are no values.
    /// </summary>
    public double Quantile(double q)
    {
        if (Count == 0) return double.NaN;
        var position = q * (Count - 1);
        var below = (int)position;
        var low = (double)Smallest(below);
        return position > below ? low + ((position - below) * (Smallest(below + 1) - low)) : low;
    }

    /// <summary>The most frequent value, the smallest of equally frequent ones; NaN when there are no values.</summary>
    public float Mode()
    {
        var counts = new Dictionary<float, int>();
        var (mode, most) = (float.NaN, 0);
        foreach (var value in _values)
        {
            if (float.IsNaN(value)) continue;
            var count = counts[value] = counts.GetValueOrDefault(value) + 1;
            if (count > most || (count == most && value < mode)) (mode, most) = (value, count);
        }

        return mode;
    }

    /// <summary>The value that so many are before.</summary>
    private float Smallest(int rank)
    {
        var bucket = 0;
        while (rank >= _counts[bucket]) rank -= _counts[bucket++];
        if (bucket != _bucket)
        {
            _bucketValues = new float[_counts[bucket]];
            var next = 0;
            foreach (var value in _values) if (BucketOf(value) == bucket && !float.IsNaN(value)) _bucketValues[next++] = value;
            Array.Sort(_bucketValues);
            _bucket = bucket;
        }

        return _bucketValues[rank];
    }

    /// <summary>Grows with the value. Negative floats order the wrong way round as integers: all of their bits are turned, and only the sign of the others.</summary>
    private static int BucketOf(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (int)((bits ^ ((uint)((int)bits >> 31) | 0x80000000)) >> (32 - LeadingBits));
    }
}
