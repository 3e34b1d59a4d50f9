using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>Sorts floating-point numbers by their bits, 11 at a time: linear, where a comparison sort of a sample takes ten times as long.</summary>
internal static class FloatSort
{
    private const int Bits = 11;
    private const int Buckets = 1 << Bits;

    /// <summary>Sorts <paramref name="values"/>, which hold no NaN and no negative zero, using <paramref name="scratch"/> of the same length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sort(Span<float> values, Span<float> scratch)
    {
        if (values.Length < 256)
        {
            values.Sort();
            return;
        }

        Span<int> counts = stackalloc int[3 * Buckets];
        counts.Clear();
        foreach (var value in values)
        {
            var key = Key(value);
            counts[Digit(key, 0)]++;
            counts[Buckets + Digit(key, 1)]++;
            counts[(2 * Buckets) + Digit(key, 2)]++;
        }

        var from = values;
        var to = scratch[..values.Length];
        for (var pass = 0; pass < 3; pass++)
        {
            var places = counts.Slice(pass * Buckets, Buckets);
            var place = 0;
            foreach (ref var count in places) (count, place) = (place, place + count);
            foreach (var value in from) to[places[Digit(Key(value), pass)]++] = value;
            var sorted = to;
            to = from;
            from = sorted;
        }

        from.CopyTo(values); // three passes end in the scratch
    }

    private static int Digit(uint key, int digit) => (int)(key >> (digit * Bits)) & (Buckets - 1);

    /// <summary>Unsigned integers in the order of the numbers.</summary>
    private static uint Key(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return bits ^ ((uint)((int)bits >> 31) | 0x80000000u);
    }
}
