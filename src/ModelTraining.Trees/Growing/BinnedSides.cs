using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelTraining;

/// <summary>
/// Tells rows of a leaf apart by their bins, where their values lie in a file: a split reads more of the matrix than it would of the values, and nothing of the file. Bins
/// were made by the same thresholds, so that the sides are the same.
/// </summary>
internal static unsafe class BinnedSides
{
    public static bool GoesLeft(BinColumn column, in SplitCandidate split, int row)
    {
        int bin = column.Block.Bins[((nint)row * column.Block.Width) + column.Column];
        return column.Feature.Kind == FeatureKind.Category
            ? bin != column.Feature.MissingBin && split.Categories.Contains(bin)
            : bin <= split.Bin || (split.MissingLeft && bin == column.Feature.MissingBin);
    }

    /// <summary>Writes rows, as long as there are eight, to those that go left and to those that go right.</summary>
    /// <returns>How many were written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int SeparateByEight(BinColumn column, in SplitCandidate split, int* rows, int* moved, int count, ref int left, ref int right)
    {
        var bins = (int*)(column.Block.Bins + column.Column);
        var width = Vector256.Create(column.Block.Width);
        var isCategory = column.Feature.Kind == FeatureKind.Category;
        var last = Vector256.Create(split.Bin);
        var missing = Vector256.Create(column.Feature.MissingBin);
        var missingLeft = split.MissingLeft ? Vector256<int>.AllBitsSet : Vector256<int>.Zero;
        var categories = split.Categories.ToVector();
        var i = 0;
        for (; i + Vector256<int>.Count <= count; i += Vector256<int>.Count)
        {
            var row = Vector256.Load(rows + i);
            var bin = Avx2.GatherVector256(bins, row * width, sizeof(byte)) & Vector256.Create((int)byte.MaxValue);
            var isMissing = Vector256.Equals(bin, missing);
            var toLeft = isCategory ? BinSet.ContainsEach(categories, bin) & ~isMissing : Vector256.LessThanOrEqual(bin, last) | (isMissing & missingLeft);
            Avx512F.VL.Compress(Vector256<int>.Zero, toLeft, row).Store(moved + left);
            Avx512F.VL.Compress(Vector256<int>.Zero, ~toLeft, row).Store(rows + right);
            var lefts = BitOperations.PopCount(toLeft.ExtractMostSignificantBits());
            left += lefts;
            right += Vector256<int>.Count - lefts;
        }

        return i;
    }
}
