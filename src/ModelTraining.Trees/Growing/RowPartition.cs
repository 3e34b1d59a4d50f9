namespace ModelTraining;

/// <summary>
/// The rows of each leaf, side by side in one array. A split moves a leaf's rows to two ranges and keeps their order, so that rows of a leaf stand in
/// the order of the table and are read in it.
/// </summary>
internal sealed unsafe class RowPartition
{
    private const int RowsPerTask = 16384;
    private readonly WorkerTeam _team;
    private readonly int[] _rows;
    private readonly int[] _moved;
    private readonly int[] _leftOfTask;
    private readonly byte[] _goesLeft = GC.AllocateUninitializedArray<byte>(256, pinned: true);
    private readonly Action<int> _separate;
    private readonly Action<int> _gather;
    private BinColumn? _column;
    private int _start;
    private int _count;
    private int _left;

    public RowPartition(int rows, WorkerTeam team)
    {
        _team = team;
        _rows = GC.AllocateUninitializedArray<int>(rows + Histogram.RowsAhead, pinned: true);
        _moved = GC.AllocateUninitializedArray<int>(rows, pinned: true);
        _rows.AsSpan(rows).Clear();
        _leftOfTask = new int[(rows / RowsPerTask) + 2];
        _separate = Separate;
        _gather = Gather;
    }

    /// <summary>The rows, leaf by leaf; <see cref="Histogram.RowsAhead"/> more entries may be read.</summary>
    public int* Rows => _rows.Pointer();

    public ReadOnlySpan<int> Of(int start, int count) => _rows.AsSpan(start, count);

    /// <summary>The rows from a place on.</summary>
    public ReadOnlyMemory<int> From(int start) => _rows.AsMemory(start, _moved.Length - start);

    /// <summary>Puts all rows into one leaf.</summary>
    public void TakeAll()
    {
        for (var row = 0; row < _moved.Length; row++) _rows[row] = row;
    }

    /// <summary>Puts a share of the rows, at least one of them, to the front and into one leaf; the others stand behind.</summary>
    /// <returns>How many rows were taken.</returns>
    public int TakeSome(double share, SeededRandom random)
    {
        var (taken, left) = (0, 0);
        for (var row = 0; row < _moved.Length; row++)
        {
            if (random.NextDouble() < share) _rows[taken++] = row;
            else _moved[left++] = row;
        }

        if (taken == 0) _rows[taken++] = _moved[--left];
        _moved.AsSpan(0, left).CopyTo(_rows.AsSpan(taken));
        return taken;
    }

    /// <summary>Moves the rows of a leaf that go left to the front of its range.</summary>
    /// <returns>How many they are.</returns>
    public int Split(int start, int count, BinColumn column, in SplitCandidate split)
    {
        (_column, _start, _count) = (column, start, count);
        FillGoesLeft(column.Feature, split);
        var tasks = (count + RowsPerTask - 1) / RowsPerTask;
        _team.Run(tasks, _separate);
        var left = 0;
        for (var task = 0; task < tasks; task++) (left, _leftOfTask[task]) = (left + _leftOfTask[task], left);
        _leftOfTask[tasks] = _left = left;
        _team.Run(tasks, _gather);
        return left;
    }

    private void FillGoesLeft(BinnedFeature feature, in SplitCandidate split)
    {
        for (var bin = 0; bin < _goesLeft.Length; bin++)
        {
            var left = feature.Kind == FeatureKind.Category ? split.Categories.Contains(bin)
                : feature.HasMissing && bin == feature.MissingBin ? split.MissingLeft
                : bin <= split.Bin;
            _goesLeft[bin] = left ? (byte)1 : (byte)0;
        }
    }

    /// <summary>Writes a task's rows to the same range of the other array, those that go left first.</summary>
    private void Separate(int task)
    {
        var first = _start + (task * RowsPerTask);
        var count = Math.Min(RowsPerTask, _start + _count - first);
        var rows = _rows.Pointer() + first;
        var moved = _moved.Pointer() + first;
        var bins = _column!.Block.Bins + _column.Column;
        var width = (nint)_column.Block.Width;
        var goesLeft = _goesLeft.Pointer();
        var (left, right) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            // Both are written and one is kept, as which it is can't be foreseen. Those that go right overwrite rows that have been read.
            var row = rows[i];
            int isLeft = goesLeft[bins[row * width]];
            moved[left] = row;
            rows[right] = row;
            left += isLeft;
            right += 1 - isLeft;
        }

        new ReadOnlySpan<int>(rows, right).CopyTo(new Span<int>(moved + left, right));
        _leftOfTask[task] = left;
    }

    private void Gather(int task)
    {
        var first = task * RowsPerTask;
        var count = Math.Min(RowsPerTask, _count - first);
        var (leftBefore, left) = (_leftOfTask[task], _leftOfTask[task + 1] - _leftOfTask[task]);
        var moved = _moved.AsSpan(_start + first, count);
        moved[..left].CopyTo(_rows.AsSpan(_start + leftBefore));
        moved[left..].CopyTo(_rows.AsSpan(_start + _left + first - leftBefore));
    }
}
