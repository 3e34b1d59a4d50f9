namespace ModelTraining;

/// <summary>
/// Grows trees leaf by leaf: the leaf whose best split gains most is split next. Of the two new leaves the smaller one's histogram is built, and the
/// other's is what is left of their parent's.
/// </summary>
internal sealed class TreeGrower(BinMatrix matrix, RowPartition partition, GradientBoostingOptions options, WorkerTeam team)
{
    private const long MostHistogramBytes = 64 << 20;

    /// <summary>A leaf of a tree so large has few rows, and building its histogram anew takes no longer than subtracting another.</summary>
    private const int MostHistogramsOfATree = 256;
    private readonly LeafSearch _search = new(matrix, partition, team);
    private readonly int _mostHistograms = MostHistograms(matrix.HistogramLength);
    private readonly List<GrowingLeaf> _used = [];
    private readonly List<GrowingLeaf> _withHistogram = [];
    private readonly PriorityQueue<GrowingLeaf, (double, int)> _byGain = new();
    private int _usedCount;

    /// <summary>What is left to chance in the splits of the next tree; null where nothing is.</summary>
    public SplitDraw? Draw
    {
        get => _search.Draw;
        set => _search.Draw = value;
    }

    /// <summary>What trees may not do; null where they may do anything.</summary>
    public GrowthConstraints? Constraints
    {
        get => _search.Constraints;
        set => _search.Constraints = value;
    }

    /// <summary>How many histograms of so many entries are kept at once.</summary>
    public static int MostHistograms(long length) => (int)Math.Clamp(MostHistogramBytes / sizeof(long) / Math.Max(1, length), 16, MostHistogramsOfATree);

    /// <summary>Grows a tree over the first <paramref name="rows"/> of the partition. Its leaves are good until the next tree is grown.</summary>
    /// <param name="packed">Every row's gradient and hessian.</param>
    /// <param name="rules">What makes a split good.</param>
    /// <param name="rows">How many rows the partition has taken.</param>
    /// <param name="allowed">Of each of the matrix's columns whether the tree may split by it; null when by all.</param>
    /// <param name="cancellationToken">Ends the growing between two splits.</param>
    /// <exception cref="OperationCanceledException">The token was signalled.</exception>
    public GrownTree Grow(PackedGradients packed, in SplitRules rules, int rows, bool[]? allowed, CancellationToken cancellationToken)
    {
        _search.Begin(packed, rules, allowed);
        _usedCount = 0;
        _byGain.Clear();
        var splits = new List<GrownSplit>();
        var leaves = new List<GrowingLeaf>();
        var root = Leaf(0, rows, rows == matrix.Rows ? packed.Total : packed.SumOf(partition.Of(0, rows)), 0, null);
        Place(root, 0, leaves);
        try
        {
            if (MayBeSplit(root)) Search(root, null);
            while (leaves.Count < options.Leaves && _byGain.TryDequeue(out var leaf, out _))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Split(leaf, leaves, splits, rules);
            }
        }
        finally
        {
            foreach (var leaf in _withHistogram) _search.Release(leaf);
            _withHistogram.Clear();
        }

        return new GrownTree(splits, leaves, rules.ValueUnit);
    }

    private void Split(GrowingLeaf leaf, List<GrowingLeaf> leaves, List<GrownSplit> splits, in SplitRules rules)
    {
        var split = leaf.Best;
        var column = matrix.Columns[split.Column];
        var rowsOfLeft = partition.Split(leaf.Start, leaf.Rows, column, split);
        if (Math.Min(rowsOfLeft, leaf.Rows - rowsOfLeft) < options.MinRowsPerLeaf)
        {
            // Its hessian made a side seem to have more rows than it has. Counting is exact, and so seldom needed that it is not done for all leaves.
            if (leaf.Histogram is null) _withHistogram.Add(leaf);
            _search.SearchCounted(leaf);
            Enqueue(leaf);
            return;
        }

        var grown = new GrownSplit { Column = column, Split = split, Gain = split.Gain * rules.GainUnit, Left = ~leaf.Position, Right = ~leaves.Count };
        leaf.Parent?.Replace(~leaf.Position, splits.Count);
        splits.Add(grown);
        var left = Leaf(leaf.Start, rowsOfLeft, split.Left, leaf.Depth + 1, grown);
        var right = Leaf(leaf.Start + rowsOfLeft, leaf.Rows - rowsOfLeft, leaf.Sum - split.Left, leaf.Depth + 1, grown);
        Constraints?.Pass(leaf, left, right, rules);
        Place(left, leaf.Position, leaves);
        Place(right, leaves.Count, leaves);
        var (smaller, larger) = left.Rows <= right.Rows ? (left, right) : (right, left);
        if (leaves.Count < options.Leaves && MayBeSplit(larger))
        {
            if (leaf.Histogram is null)
            {
                Search(larger, null);
                Search(smaller, null);
            }
            else
            {
                _withHistogram.Remove(leaf);
                (larger.Histogram, leaf.Histogram) = (leaf.Histogram, null);
                Search(smaller, larger);
            }
        }
        else if (leaf.Histogram is not null)
        {
            Release(leaf);
        }

        KeepHistograms(options.Leaves - leaves.Count);
    }

    private void Search(GrowingLeaf built, GrowingLeaf? sibling)
    {
        _search.Search(built, sibling);
        _withHistogram.Add(built);
        Enqueue(built);
        if (sibling is null) return;
        _withHistogram.Add(sibling);
        Enqueue(sibling);
    }

    private void Enqueue(GrowingLeaf leaf)
    {
        if (leaf.Best.Gain > 0) _byGain.Enqueue(leaf, (-leaf.Best.Gain, leaf.Position));
        else Release(leaf);
    }

    private void Release(GrowingLeaf leaf)
    {
        _withHistogram.Remove(leaf);
        _search.Release(leaf);
    }

    /// <summary>
    /// With so many splits to come, no leaf but those of the greatest gains will be split, unless counting takes some of their gain; and memory is not without
    /// end. A leaf without a histogram can still be split: its children's are both built.
    /// </summary>
    private void KeepHistograms(int splitsToCome)
    {
        while (_withHistogram.Count > Math.Min(splitsToCome, _mostHistograms))
        {
            var least = _withHistogram[0];
            foreach (var leaf in _withHistogram) if (leaf.Best.Gain <= least.Best.Gain) least = leaf;
            Release(least);
        }
    }

    private GrowingLeaf Leaf(int start, int rows, long sum, int depth, GrownSplit? parent)
    {
        if (_usedCount == _used.Count) _used.Add(new GrowingLeaf());
        var leaf = _used[_usedCount++];
        leaf.Begin(start, rows, sum, depth, parent);
        return leaf;
    }

    private static void Place(GrowingLeaf leaf, int position, List<GrowingLeaf> leaves)
    {
        leaf.Position = position;
        if (position == leaves.Count) leaves.Add(leaf);
        else leaves[position] = leaf;
    }

    private bool MayBeSplit(GrowingLeaf leaf) => matrix.Columns.Length > 0 && _search.CanSplit(leaf.Rows) && leaf.Depth < (options.MaxDepth ?? int.MaxValue);
}
