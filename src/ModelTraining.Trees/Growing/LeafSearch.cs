namespace ModelTraining;

/// <summary>Builds the histograms of leaves and finds their best splits, block of features by block of features on the team's threads.</summary>
internal sealed unsafe class LeafSearch
{
    /// <summary>Additions that take far longer than it takes to wake the other threads.</summary>
    private const long WorkWorthThreads = 30_000;
    private const int MinRowsPerPart = 8192;
    private readonly BinMatrix _matrix;
    private readonly WorkerTeam _team;
    private readonly RowPartition _partition;
    private readonly (int First, int End)[] _ranges;
    private readonly int[] _order;
    private readonly SplitCandidate[] _ofBuilt;
    private readonly SplitCandidate[] _ofSibling;
    private readonly Stack<long[]> _free = [];
    private readonly List<long[]> _parts = [];
    private readonly Action<int> _addPart;
    private readonly Action<int> _searchRange;
    private readonly Action<int> _addAndSearch;
    private readonly Action<int> _countAndSearch;
    private SplitRules _rules;
    private PackedGradients? _packed;
    private bool[]? _allowed;
    private GrowingLeaf? _built;
    private GrowingLeaf? _sibling;
    private int _partCount;

    public LeafSearch(BinMatrix matrix, RowPartition partition, WorkerTeam team)
    {
        (_matrix, _partition, _team) = (matrix, partition, team);
        _ranges = Ranges(matrix, team.Threads);
        _order = [.. Enumerable.Range(0, matrix.Columns.Length).OrderBy(column => matrix.Columns[column].Feature.Feature)];
        (_ofBuilt, _ofSibling) = (new SplitCandidate[matrix.Columns.Length], new SplitCandidate[matrix.Columns.Length]);
        (_addPart, _searchRange) = (AddPart, SearchRange);
        _addAndSearch = range =>
        {
            AddRange(range);
            SearchRange(range);
        };
        _countAndSearch = range =>
        {
            CountRange(range);
            SearchRange(range);
        };
    }

    /// <summary>Begins a tree.</summary>
    /// <param name="packed">Every row's gradient and hessian.</param>
    /// <param name="rules">What makes a split good.</param>
    /// <param name="allowed">Of each of the matrix's columns whether the tree may split by it; null when by all.</param>
    public void Begin(PackedGradients packed, in SplitRules rules, bool[]? allowed) => (_packed, _rules, _allowed) = (packed, rules, allowed);

    /// <summary>What is left to chance; null where nothing is.</summary>
    public SplitDraw? Draw { get; set; }

    /// <summary>What trees may not do; null where they may do anything.</summary>
    public GrowthConstraints? Constraints { get; set; }

    /// <summary>Whether a leaf of so many rows can be split at all.</summary>
    public bool CanSplit(int rows) => rows >= 2L * _rules.MinRows;

    /// <summary>
    /// Builds the histogram of <paramref name="built"/> and finds its best split; likewise of <paramref name="sibling"/>, whose histogram is that of both
    /// and becomes its own by subtraction.
    /// </summary>
    public void Search(GrowingLeaf built, GrowingLeaf? sibling)
    {
        built.Histogram = _free.TryPop(out var free) ? free : GC.AllocateUninitializedArray<long>(_matrix.HistogramLength, pinned: true);
        (_built, _sibling) = (built, sibling);
        var parallel = ((long)built.Rows * _matrix.Columns.Length) + (4L * _matrix.HistogramLength) > WorkWorthThreads;
        _partCount = parallel ? Math.Clamp(built.Rows / MinRowsPerPart, 1, _team.Threads) : 1;
        if (_partCount == 1)
        {
            // Few rows: every thread takes all of them and some columns, and there is nothing to put together.
            _team.Run(_ranges.Length, _addAndSearch, parallel);
        }
        else
        {
            while (_parts.Count < _partCount - 1) _parts.Add(GC.AllocateUninitializedArray<long>(_matrix.HistogramLength, pinned: true));
            _team.Run(_matrix.Blocks.Length * _partCount, _addPart);
            _team.Run(_ranges.Length, _searchRange);
        }

        built.Best = Best(_ofBuilt);
        if (sibling is not null) sibling.Best = Best(_ofSibling);
    }

    /// <summary>Counts the rows of a leaf and finds its best split by those.</summary>
    public void SearchCounted(GrowingLeaf leaf)
    {
        if (leaf.Histogram is null) Search(leaf, null);
        leaf.Counts = GC.AllocateArray<int>(_matrix.HistogramLength, pinned: true);
        (_built, _sibling, _partCount) = (leaf, null, 1);
        _team.Run(_ranges.Length, _countAndSearch);
        leaf.Best = Best(_ofBuilt);
    }

    /// <summary>Takes back a histogram that is not needed any more.</summary>
    public void Release(GrowingLeaf leaf)
    {
        if (leaf.Histogram is not null) _free.Push(leaf.Histogram);
        leaf.Histogram = null;
    }

    private static (int First, int End)[] Ranges(BinMatrix matrix, int threads)
    {
        if (matrix.Blocks.Length == 0) return [];
        var (ranges, first) = (new List<(int, int)>(), 0);
        foreach (var block in matrix.Blocks)
        {
            var pieces = Math.Min(block.Width, (threads + matrix.Blocks.Length - 1) / matrix.Blocks.Length);
            for (var piece = 0; piece < pieces; piece++) ranges.Add((first + (block.Width * piece / pieces), first + (block.Width * (piece + 1) / pieces)));
            first += block.Width;
        }

        return [.. ranges];
    }

    private void AddRange(int range)
    {
        var (first, end) = _ranges[range];
        var column = _matrix.Columns[first];
        var sums = _built!.Histogram!.Pointer() + column.HistogramStart;
        new Span<long>(sums, (end - first) * column.Block.Stride).Clear();
        Histogram.Add(column.Block, column.Column, end - first, _partition.Rows + _built.Start, _built.Rows, _packed!.Pointer, sums);
    }

    private void AddPart(int task)
    {
        var (block, part) = (_matrix.Blocks[task / _partCount], task % _partCount);
        var sums = (part == 0 ? _built!.Histogram! : _parts[part - 1]).Pointer() + block.HistogramStart;
        new Span<long>(sums, block.HistogramLength).Clear();
        var (first, end) = ((int)((long)_built!.Rows * part / _partCount), (int)((long)_built.Rows * (part + 1) / _partCount));
        Histogram.Add(block, 0, block.Width, _partition.Rows + _built.Start + first, end - first, _packed!.Pointer, sums);
    }

    private void SearchRange(int range)
    {
        var (first, end) = _ranges[range];
        var start = _matrix.Columns[first].HistogramStart;
        var length = (end - first) * _matrix.Columns[first].Block.Stride;
        var sums = _built!.Histogram!.Pointer();
        for (var part = 1; part < _partCount; part++) Histogram.Add(sums + start, _parts[part - 1].Pointer() + start, length);
        SearchColumns(_built, first, end, _ofBuilt);
        if (_sibling is null) return;
        Histogram.Subtract(_sibling.Histogram!.Pointer() + start, sums + start, length);
        SearchColumns(_sibling, first, end, _ofSibling);
    }

    private void SearchColumns(GrowingLeaf leaf, int first, int end, SplitCandidate[] found)
    {
        if (!CanSplit(leaf.Rows))
        {
            Array.Clear(found, first, end - first);
            return;
        }

        var searched = new SearchedLeaf(leaf, _rules);
        var always = Draw?.Always(leaf, _matrix.Columns.Length) ?? -1;
        for (var i = first; i < end; i++)
        {
            var column = _matrix.Columns[i];
            var sums = leaf.Histogram!.Pointer() + column.HistogramStart;
            var counts = leaf.Counts is null ? null : leaf.Counts.Pointer() + column.HistogramStart;
            found[i] = (_allowed is not null && !_allowed[i]) || (leaf.Allowed is not null && !leaf.Allowed[i]) || (Draw is not null && i != always && !Draw.Draws(leaf, i)) ? default
                : column.Feature.Kind == FeatureKind.Category ? CategorySplits.Search(sums, counts, column.Feature, searched, _rules)
                : Constraints is { HasDirections: true } ? BoundedSplits.Search(sums, counts, column.Feature, searched, _rules, Constraints.DirectionOf(i))
                : Draw is { RandomBounds: true } ? RandomSplits.Search(sums, counts, column.Feature, searched, _rules, Draw.Bound(leaf, i))
                : QuantitySplits.Search(sums, counts, column.Feature, searched, _rules);
            found[i].Column = i;
        }
    }

    private void CountRange(int range)
    {
        var (first, end) = _ranges[range];
        for (var i = first; i < end; i++)
        {
            var column = _matrix.Columns[i];
            Histogram.Count(column, _partition.Rows + _built!.Start, _built.Rows, _built.Counts!.Pointer() + column.HistogramStart);
        }
    }

    /// <summary>The candidate of the greatest gain; of equal ones that of the first feature, whichever block it came to stand in.</summary>
    private SplitCandidate Best(SplitCandidate[] found)
    {
        var best = default(SplitCandidate);
        foreach (var column in _order) if (found[column].Gain > best.Gain) best = found[column];
        return best;
    }
}
