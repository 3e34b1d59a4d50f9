using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelTraining;

/// <summary>The innermost loops: packed gradients added up by bin.</summary>
internal static unsafe class Histogram
{
    /// <summary>So many rows ahead the cache is told what will be needed; as many entries behind the last row may be read, and must be rows.</summary>
    public const int RowsAhead = 16;

    /// <summary>Adds rows to the histograms of some columns of a block: per value one load, one addition in memory.</summary>
    /// <param name="block">The bins.</param>
    /// <param name="column">The first column.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="packed">Every row's packed gradient and hessian.</param>
    /// <param name="sums">The first column's histogram; the others' follow.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(BinBlock block, int column, int columns, int* rows, int count, int* packed, long* sums)
    {
        var bins = block.Bins + column;
        nint width = block.Width;
        nint stride = block.Stride;
        for (var i = 0; i < count; i++)
        {
            if (Sse.IsSupported)
            {
                var ahead = rows[i + RowsAhead];
                Sse.Prefetch0(bins + (ahead * width));
                Sse.Prefetch0(packed + ahead);
            }

            var row = rows[i];
            var value = PackedGradients.Widen(packed[row]);
            var bin = bins + (row * width);
            var sum = sums;
            var left = columns;
            for (; left >= 8; left -= 8, bin += 8)
            {
                var eight = Unsafe.ReadUnaligned<ulong>(bin);
                sum[(byte)eight] += value;
                sum += stride;
                sum[(byte)(eight >> 8)] += value;
                sum += stride;
                sum[(byte)(eight >> 16)] += value;
                sum += stride;
                sum[(byte)(eight >> 24)] += value;
                sum += stride;
                sum[(byte)(eight >> 32)] += value;
                sum += stride;
                sum[(byte)(eight >> 40)] += value;
                sum += stride;
                sum[(byte)(eight >> 48)] += value;
                sum += stride;
                sum[eight >> 56] += value;
                sum += stride;
            }

            if (left >= 4)
            {
                var four = Unsafe.ReadUnaligned<uint>(bin);
                sum[(byte)four] += value;
                sum += stride;
                sum[(byte)(four >> 8)] += value;
                sum += stride;
                sum[(byte)(four >> 16)] += value;
                sum += stride;
                sum[four >> 24] += value;
                sum += stride;
                left -= 4;
                bin += 4;
            }

            for (; left > 0; left--, bin++)
            {
                sum[*bin] += value;
                sum += stride;
            }
        }
    }

    /// <summary>Adds <paramref name="other"/>; the length is a multiple of four.</summary>
    public static void Add(long* sums, long* other, int length)
    {
        for (var i = 0; i < length; i += Vector256<long>.Count) (Vector256.Load(sums + i) + Vector256.Load(other + i)).Store(sums + i);
    }

    /// <summary>Subtracts <paramref name="other"/>; the length is a multiple of four.</summary>
    public static void Subtract(long* sums, long* other, int length)
    {
        for (var i = 0; i < length; i += Vector256<long>.Count) (Vector256.Load(sums + i) - Vector256.Load(other + i)).Store(sums + i);
    }

    /// <summary>Counts rows by bin.</summary>
    public static void Count(BinColumn column, int* rows, int count, int* counts)
    {
        var bins = column.Block.Bins + column.Column;
        var width = (nint)column.Block.Width;
        for (var i = 0; i < count; i++) counts[bins[rows[i] * width]]++;
    }
}
