using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>Arrays that stay where they are, for loops over pointers.</summary>
internal static unsafe class PinnedArray
{
    /// <summary>One entry a row and up to seven more, which hold zero, so that loops over vectors of eight need no remainder.</summary>
    public static T[] ForRows<T>(int rows)
        where T : unmanaged
    {
        var array = GC.AllocateUninitializedArray<T>(checked(rows + 7) & ~7, pinned: true);
        array.AsSpan(rows).Clear();
        return array;
    }

    /// <summary>Where a pinned array begins; good as long as the array is referenced.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T* Pointer<T>(this T[] pinned)
        where T : unmanaged =>
        (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
