using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>
/// Exact nearest neighbours: every point is compared with all, a block of them at a time. A lane of a vector is one point and its terms are added in the order of the features, so that distances
/// are the same on every machine and at any number of threads.
/// </summary>
internal static class NearestPoints
{
    private const int BlockPoints = 512;
    private const int TaskPoints = 64;
    private const int ChunkTasks = 16;

    /// <summary>The nearest points, nearest first, and of equally near ones the first.</summary>
    /// <param name="asked">Whose neighbours are sought.</param>
    /// <param name="among">Where they are sought; at least <paramref name="count"/> beside the asked one itself.</param>
    /// <param name="self">The position of an asked point among the others, which is no neighbour of its own; −1 where it is not there.</param>
    /// <param name="count">How many.</param>
    /// <param name="categoryDistance">How far points are apart by a category that differs.</param>
    /// <param name="context">Threads, progress and cancellation.</param>
    /// <returns>[asked, count] positions in <paramref name="among"/>.</returns>
    public static int[] Find(PointSet asked, PointSet among, Func<int, int> self, int count, double categoryDistance, BalanceContext context)
    {
        var found = new int[asked.Count * count];
        var perCategory = (float)(categoryDistance * categoryDistance);
        for (var first = 0; first < asked.Count; first += TaskPoints * ChunkTasks)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var left = Math.Min(TaskPoints * ChunkTasks, asked.Count - first);
            var start = first;
            ColumnLoop.Run((left + TaskPoints - 1) / TaskPoints, context.Threads, task =>
            {
                var search = new Search(among, count, perCategory);
                var begin = start + (task * TaskPoints);
                var end = Math.Min(begin + TaskPoints, start + left);
                for (var point = begin; point < end; point++) search.Run(asked, point, self(point), found.AsSpan(point * count, count));
            });
            context.Progress(first + left, asked.Count);
        }

        return found;
    }

    /// <summary>The search of one thread.</summary>
    private sealed class Search(PointSet among, int count, float perCategory)
    {
        private readonly float[] _distances = new float[BlockPoints];
        private readonly float[] _best = new float[count];

        public void Run(PointSet asked, int point, int self, Span<int> found)
        {
            var kept = 0;
            for (var first = 0; first < among.Count; first += BlockPoints)
            {
                var block = _distances.AsSpan(0, Math.Min(BlockPoints, among.Count - first));
                block.Clear();
                for (var i = 0; i < among.Quantities.Length; i++) AddSquares(among.Quantities[i].AsSpan(first, block.Length), asked.Quantities[i][point], block);
                for (var i = 0; i < among.Categories.Length; i++) AddCategory(among.Categories[i].AsSpan(first, block.Length), asked.Categories[i][point], block);
                kept = Keep(block, first, self, found, kept);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)] // worth it from the first call on: a run makes one search
        private int Keep(Span<float> block, int first, int self, Span<int> found, int kept)
        {
            for (var i = 0; i < block.Length; i++)
            {
                if (kept == found.Length)
                {
                    i = NextBelow(block, i, _best[kept - 1]);
                    if (i == block.Length) break;
                }

                if (first + i == self) continue;
                var distance = block[i];
                var place = kept == found.Length ? kept - 1 : kept++;
                for (; place > 0 && _best[place - 1] > distance; place--) (_best[place], found[place]) = (_best[place - 1], found[place - 1]);
                (_best[place], found[place]) = (distance, first + i);
            }

            return kept;
        }

        /// <summary>The first from a position on that is nearer than what is kept; the end where there is none.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static int NextBelow(Span<float> block, int from, float bound)
        {
            var wide = new Vector<float>(bound);
            while (from + Vector<float>.Count <= block.Length && !Vector.LessThanAny(new Vector<float>(block[from..]), wide)) from += Vector<float>.Count;
            while (from < block.Length && !(block[from] < bound)) from++;
            return from;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void AddSquares(ReadOnlySpan<float> column, float value, Span<float> sums)
        {
            var (wide, i) = (new Vector<float>(value), 0);
            for (; i + Vector<float>.Count <= sums.Length; i += Vector<float>.Count)
            {
                var difference = new Vector<float>(column[i..]) - wide;
                (new Vector<float>(sums[i..]) + (difference * difference)).CopyTo(sums[i..]);
            }

            for (; i < sums.Length; i++)
            {
                var difference = column[i] - value;
                sums[i] += difference * difference;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void AddCategory(ReadOnlySpan<float> column, float value, Span<float> sums)
        {
            var (wide, apart, i) = (new Vector<float>(value), new Vector<float>(perCategory), 0);
            for (; i + Vector<float>.Count <= sums.Length; i += Vector<float>.Count)
            {
                var same = Vector.Equals(new Vector<float>(column[i..]), wide);
                (new Vector<float>(sums[i..]) + Vector.ConditionalSelect(same, Vector<float>.Zero, apart)).CopyTo(sums[i..]);
            }

            for (; i < sums.Length; i++) sums[i] += column[i] == value ? 0 : perCategory;
        }
    }
}
