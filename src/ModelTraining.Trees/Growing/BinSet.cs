using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelTraining;

/// <summary>A set of bins: one bit for each of 256.</summary>
[InlineArray(8)]
internal struct BinSet
{
    private uint _bits;

    public void Add(int bin) => this[bin >> 5] |= 1u << bin;

    public readonly bool Contains(int bin) => (this[bin >> 5] >> bin & 1) != 0;

    public readonly int Count()
    {
        var count = 0;
        foreach (var bits in this) count += BitOperations.PopCount(bits);
        return count;
    }

    /// <summary>All bits as a vector, for <see cref="ContainsEach"/>.</summary>
    public readonly Vector256<uint> ToVector() => Vector256.Create<uint>(MemoryMarshal.CreateReadOnlySpan(in _bits, 8));

    /// <summary>All bits set where a set contains a bin; bins are less than 256. Only where Avx2 is supported.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ContainsEach(Vector256<uint> set, Vector256<int> bins)
    {
        var words = Avx2.PermuteVar8x32(set, (bins >>> 5).AsUInt32());
        // The bin's bit becomes the sign, and the sign all bits.
        return Avx2.ShiftLeftLogicalVariable(words, (Vector256.Create(31) - (bins & Vector256.Create(31))).AsUInt32()).AsInt32() >> 31;
    }
}
