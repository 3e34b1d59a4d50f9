namespace ModelTraining;

/// <summary>
/// Grows trees leaf by leaf: the leaf whose best split gains most is split next. Of the two new leaves the smaller one's histogram is built, and the
/// other's is what is left of their parent's.
/// </summary>
internal sealed class TreeGrower(BinMatrix matrix, RowPartition partition, GradientBoostingOptions options, WorkerTeam team)
{
    private readonly LeafSearch _search = new(matrix, partition, team);
    private readonly List<GrowingLeaf> _leaves = [];
    private int _used;

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
        _used = 0;
        var splits = new List<GrownSplit>();
        var root = Leaf(0, rows, rows == matrix.Rows ? packed.Total : packed.SumOf(partition.Of(0, rows)), 0, null);
        var leaves = new List<GrowingLeaf> { root };
        try
        {
            if (MayBeSplit(root)) _search.Search(root, null);
            while (leaves.Count < options.Leaves && GainingMost(leaves) is { } leaf)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Split(leaf, leaves, splits, rules);
            }
        }
        finally
        {
            foreach (var leaf in leaves) _search.Release(leaf);
        }

        return new GrownTree(splits, leaves);
    }

    private static GrowingLeaf? GainingMost(List<GrowingLeaf> leaves)
    {
        GrowingLeaf? best = null;
        foreach (var leaf in leaves) if (leaf.Best.Gain > (best?.Best.Gain ?? 0)) best = leaf;
        return best;
    }

    private void Split(GrowingLeaf leaf, List<GrowingLeaf> leaves, List<GrownSplit> splits, in SplitRules rules)
    {
        var split = leaf.Best;
        var column = matrix.Columns[split.Column];
        var rowsOfLeft = partition.Split(leaf.Start, leaf.Rows, column.Feature, split);
        if (Math.Min(rowsOfLeft, leaf.Rows - rowsOfLeft) < options.MinRowsPerLeaf)
        {
            // Its hessian made a side seem to have more rows than it has. Counting is exact, and so seldom needed that it is not done for all leaves.
            _search.SearchCounted(leaf);
            return;
        }

        var position = leaves.IndexOf(leaf);
        var grown = new GrownSplit { Column = column, Split = split, Gain = split.Gain * rules.GainUnit, Left = ~position, Right = ~leaves.Count };
        leaf.Parent?.Replace(~position, splits.Count);
        splits.Add(grown);
        var left = Leaf(leaf.Start, rowsOfLeft, split.Left, leaf.Depth + 1, grown);
        var right = Leaf(leaf.Start + rowsOfLeft, leaf.Rows - rowsOfLeft, leaf.Sum - split.Left, leaf.Depth + 1, grown);
        leaves[position] = left;
        leaves.Add(right);
        var (smaller, larger) = left.Rows <= right.Rows ? (left, right) : (right, left);
        if (leaves.Count < options.Leaves && MayBeSplit(larger))
        {
            if (leaf.Histogram is null)
            {
                _search.Search(larger, null);
                _search.Search(smaller, null);
            }
            else
            {
                (larger.Histogram, leaf.Histogram) = (leaf.Histogram, null);
                _search.Search(smaller, larger);
            }
        }

        _search.Release(leaf);
        KeepHistograms(leaves, options.Leaves - leaves.Count);
    }

    /// <summary>With so many splits to come, no leaf but those of the greatest gains will be split, unless counting takes some of their gain.</summary>
    private void KeepHistograms(List<GrowingLeaf> leaves, int splitsToCome)
    {
        var kept = 0;
        foreach (var leaf in leaves) if (leaf.Histogram is not null) kept++;
        while (kept > splitsToCome)
        {
            GrowingLeaf? least = null;
            foreach (var leaf in leaves) if (leaf.Histogram is not null && leaf.Best.Gain <= (least?.Best.Gain ?? double.PositiveInfinity)) least = leaf;
            _search.Release(least!);
            kept--;
        }
    }

    private GrowingLeaf Leaf(int start, int rows, long sum, int depth, GrownSplit? parent)
    {
        if (_used == _leaves.Count) _leaves.Add(new GrowingLeaf());
        var leaf = _leaves[_used++];
        leaf.Begin(start, rows, sum, depth, parent);
        return leaf;
    }

    private bool MayBeSplit(GrowingLeaf leaf) => matrix.Columns.Length > 0 && _search.CanSplit(leaf.Rows) && leaf.Depth < (options.MaxDepth ?? int.MaxValue);
}
