using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelTraining;

/// <summary>
/// The rows of each leaf, side by side in one array. A split moves a leaf's rows to two ranges and keeps their order, so that rows of a leaf stand in
/// the order of the table and are read in it. Rows are told apart by their values, not by their bins: of those a row has all features' side by side,
/// and a split would read the whole matrix for one of them. Where the values lie in a file, that is still less than to read them from there at every split.
/// </summary>
internal sealed unsafe class RowPartition
{
    private const int RowsPerTask = 16384;
    private readonly PinnedColumns _values;
    private readonly WorkerTeam _team;
    private readonly int[] _rows;
    private readonly float[] _shared;
    private readonly int _all;
    private readonly int[] _leftOfTask;
    private readonly Action<int> _separate;
    private readonly Action<int> _gather;
    private BinnedFeature? _feature;
    private BinColumn? _column;
    private SplitCandidate _split;
    private int _start;
    private int _count;
    private int _left;

    /// <param name="values">The values that rows are told apart by.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="shared">Memory that is used while rows are moved, and by others in between: one entry a row, pinned.</param>
    /// <param name="team">The threads.</param>
    public RowPartition(PinnedColumns values, int rows, float[] shared, WorkerTeam team)
    {
        (_values, _all, _shared, _team) = (values, rows, shared, team);
        _rows = GC.AllocateUninitializedArray<int>(rows + Histogram.RowsAhead, pinned: true);
        _rows.AsSpan(rows).Clear();
        _leftOfTask = new int[(rows / RowsPerTask) + 2];
        (_separate, _gather) = (Separate, Gather);
    }

    /// <summary>The rows, leaf by leaf; <see cref="Histogram.RowsAhead"/> more entries may be read.</summary>
    public int* Rows => _rows.Pointer();

    public ReadOnlySpan<int> Of(int start, int count) => _rows.AsSpan(start, count);

    /// <summary>The rows from a place on.</summary>
    public ReadOnlyMemory<int> From(int start) => _rows.AsMemory(start, _all - start);

    private Span<int> Moved => MemoryMarshal.Cast<float, int>(_shared.AsSpan(0, _all));

    /// <summary>Whether rows are told apart by their bins after all. Default false.</summary>
    public bool ByBins { get; init; }

    /// <summary>Puts all rows into one leaf.</summary>
    public void TakeAll()
    {
        for (var row = 0; row < _all; row++) _rows[row] = row;
    }

    /// <summary>Puts a share of the rows, at least one of them, to the front and into one leaf; the others stand behind.</summary>
    /// <returns>How many rows were taken.</returns>
    public int TakeSome(double share, SeededRandom random)
    {
        var (taken, left) = (0, 0);
        var moved = Moved;
        for (var row = 0; row < _all; row++)
        {
            if (random.NextDouble() < share) _rows[taken++] = row;
            else moved[left++] = row;
        }

        if (taken == 0) _rows[taken++] = moved[--left];
        moved[..left].CopyTo(_rows.AsSpan(taken));
        return taken;
    }

    /// <summary>Moves the rows of a leaf that go left to the front of its range.</summary>
    /// <returns>How many they are.</returns>
    public int Split(int start, int count, BinColumn column, in SplitCandidate split)
    {
        (_column, _feature, _split, _start, _count) = (ByBins ? column : null, column.Feature, split, start, count);
        var tasks = (count + RowsPerTask - 1) / RowsPerTask;
        _team.Run(tasks, _separate);
        _left = 0;
        for (var task = 0; task < tasks; task++) (_left, _leftOfTask[task]) = (_left + _leftOfTask[task], _left);
        _leftOfTask[tasks] = _left;
        _team.Run(tasks, _gather);
        return _left;
    }

    /// <summary>Writes a task's rows to the same range of the other array, those that go left first.</summary>
    private void Separate(int task)
    {
        var first = _start + (task * RowsPerTask);
        var count = Math.Min(RowsPerTask, _start + _count - first);
        var rows = _rows.Pointer() + first;
        var moved = (int*)_shared.Pointer() + first;
        var (left, right, done) = (0, 0, 0);
        if (Avx512F.VL.IsSupported)
        {
            done = _column is null ? SeparateByEight(rows, moved, count, ref left, ref right) : BinnedSides.SeparateByEight(_column, _split, rows, moved, count, ref left, ref right);
        }

        for (; done < count; done++)
        {
            // Both are written and one is kept, as which it is can't be foreseen. Those that go right overwrite rows that have been read.
            var row = rows[done];
            int isLeft = Unsafe.BitCast<bool, byte>(GoesLeft(row));
            moved[left] = row;
            rows[right] = row;
            left += isLeft;
            right += 1 - isLeft;
        }

        new ReadOnlySpan<int>(rows, right).CopyTo(new Span<int>(moved + left, right));
        _leftOfTask[task] = left;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int SeparateByEight(int* rows, int* moved, int count, ref int left, ref int right)
    {
        var values = _values.Values(_feature!.Feature);
        var tableRows = _values.TableRows;
        var isCategory = _feature.Kind == FeatureKind.Category;
        var threshold = Vector256.Create(isCategory ? 0 : _feature.Threshold(_split.Bin));
        var missingLeft = _split.MissingLeft;
        var categories = _split.Categories.ToVector();
        var cardinality = Vector256.Create(_feature.Bins);
        var i = 0;
        for (; i + Vector256<int>.Count <= count; i += Vector256<int>.Count)
        {
            var row = Vector256.Load(rows + i);
            var value = Avx2.GatherVector256(values, tableRows is null ? row : Avx2.GatherVector256(tableRows, row, sizeof(int)), sizeof(float));
            // NaN is neither: not greater, not less or equal.
            var toLeft = isCategory ? AreIn(categories, value, cardinality)
                : (missingLeft ? ~Vector256.GreaterThan(value, threshold) : Vector256.LessThanOrEqual(value, threshold)).AsInt32();
            Avx512F.VL.Compress(Vector256<int>.Zero, toLeft, row).Store(moved + left);
            Avx512F.VL.Compress(Vector256<int>.Zero, ~toLeft, row).Store(rows + right);
            var lefts = BitOperations.PopCount(toLeft.ExtractMostSignificantBits());
            left += lefts;
            right += Vector256<int>.Count - lefts;
        }

        return i;
    }

    /// <summary>Which values are categories, and of a set; compare <see cref="FeatureBinning.CategoryOf"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> AreIn(Vector256<uint> set, Vector256<float> values, Vector256<int> cardinality)
    {
        var categories = Vector256.ConvertToInt32Native(values);
        var isCategory = Vector256.Equals(Vector256.ConvertToSingle(categories), values).AsInt32()
            & Vector256.GreaterThanOrEqual(categories, Vector256<int>.Zero) & Vector256.LessThan(categories, cardinality);
        return BinSet.ContainsEach(set, categories & isCategory) & isCategory;
    }

    private bool GoesLeft(int row)
    {
        if (_column is not null) return BinnedSides.GoesLeft(_column, _split, row);
        var feature = _feature!;
        var value = _values.Values(feature.Feature)[_values.TableRows is null ? row : _values.TableRows[row]];
        return feature.Kind == FeatureKind.Category ? _split.Categories.Contains(FeatureBinning.CategoryOf(value, feature.Bins))
            : _split.MissingLeft ? !(value > feature.Threshold(_split.Bin))
            : value <= feature.Threshold(_split.Bin);
    }

    private void Gather(int task)
    {
        var first = task * RowsPerTask;
        var count = Math.Min(RowsPerTask, _count - first);
        var (leftBefore, left) = (_leftOfTask[task], _leftOfTask[task + 1] - _leftOfTask[task]);
        var moved = Moved.Slice(_start + first, count);
        moved[..left].CopyTo(_rows.AsSpan(_start + leftBefore));
        moved[left..].CopyTo(_rows.AsSpan(_start + _left + first - leftBefore));
    }
}
