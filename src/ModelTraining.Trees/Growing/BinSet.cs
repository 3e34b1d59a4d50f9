using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>A set of bins: one bit for each of 256.</summary>
[InlineArray(4)]
internal struct BinSet
{
    private ulong _bits;

    public void Add(int bin) => this[bin >> 6] |= 1UL << bin;

    public readonly bool Contains(int bin) => (this[bin >> 6] >> bin & 1) != 0;

    public readonly int Count()
    {
        var count = 0;
        foreach (var bits in this) count += BitOperations.PopCount(bits);
        return count;
    }
}
