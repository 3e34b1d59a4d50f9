namespace ModelTraining;

/// <summary>Sorts keys of 32 bits that carry 32 bits along, byte by byte from the least: no comparisons, so that a million scores take milliseconds.</summary>
internal static class RadixSort
{
    private const int Bytes = 4;

    /// <summary>Sorts by the upper 32 bits; items that are equal there keep their order.</summary>
    /// <param name="items">What to sort.</param>
    /// <param name="scratch">Room for as many.</param>
    /// <returns>The sorted items: in <paramref name="items"/> or in <paramref name="scratch"/>.</returns>
    public static Span<ulong> ByUpperHalf(Span<ulong> items, Span<ulong> scratch)
    {
        scratch = scratch[..items.Length];
        Span<int> starts = stackalloc int[Bytes * 256];
        starts.Clear();
        foreach (var item in items)
        {
            starts[(byte)(item >> 32)]++;
            starts[256 + (byte)(item >> 40)]++;
            starts[512 + (byte)(item >> 48)]++;
            starts[768 + (byte)(item >> 56)]++;
        }

        for (var digit = 0; digit < Bytes; digit++)
        {
            var counts = starts.Slice(digit * 256, 256);
            if (counts.Contains(items.Length)) continue; // all have the same byte here
            var next = 0;
            foreach (ref var count in counts) (count, next) = (next, next + count);
            var shift = 32 + 8 * digit;
            foreach (var item in items) scratch[counts[(byte)(item >> shift)]++] = item;
            var sorted = scratch;
            scratch = items;
            items = sorted;
        }

        return items;
    }
}
