namespace ModelTraining;

/// <summary>
/// Grows trees leaf by leaf: the leaf whose best split gains most is split next. Of the two new leaves the smaller one's histogram is built, and the
/// other's is what is left of their parent's.
/// </summary>
internal sealed class TreeGrower(BinMatrix matrix, RowPartition partition, GradientBoostingOptions options, WorkerTeam team)
{
    private readonly LeafSearch _search = new(matrix, partition, team);

    /// <summary>What is left to chance in the splits of the next tree; null where nothing is.</summary>
    public SplitDraw? Draw
    {
        get => _search.Draw;
        set => _search.Draw = value;
    }

    /// <summary>Grows a tree over the first <paramref name="rows"/> of the partition.</summary>
    /// <param name="packed">Every row's gradient and hessian.</param>
    /// <param name="rules">What makes a split good.</param>
    /// <param name="rows">How many rows the partition has taken.</param>
    /// <param name="allowed">Of each of the matrix's columns whether the tree may split by it; null when by all.</param>
    /// <param name="cancellationToken">Ends the growing between two splits.</param>
    /// <exception cref="OperationCanceledException">The token was signalled.</exception>
    public GrownTree Grow(PackedGradients packed, in SplitRules rules, int rows, bool[]? allowed, CancellationToken cancellationToken)
    {
        _search.Begin(packed, rules, allowed);
        var splits = new List<GrownSplit>();
        var root = new GrowingLeaf { Start = 0, Rows = rows, Depth = 0, Parent = null, Sum = rows == matrix.Rows ? packed.Total : packed.SumOf(partition.Of(0, rows)) };
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
        var left = new GrowingLeaf { Start = leaf.Start, Rows = rowsOfLeft, Depth = leaf.Depth + 1, Parent = grown, Sum = split.Left };
        var right = new GrowingLeaf { Start = leaf.Start + rowsOfLeft, Rows = leaf.Rows - rowsOfLeft, Depth = leaf.Depth + 1, Parent = grown, Sum = leaf.Sum - split.Left };
        leaves[position] = left;
        leaves.Add(right);
        var (smaller, larger) = left.Rows <= right.Rows ? (left, right) : (right, left);
        if (leaves.Count == options.Leaves || !MayBeSplit(larger))
        {
            _search.Release(leaf);
            return;
        }

        (larger.Histogram, leaf.Histogram) = (leaf.Histogram, null);
        _search.Search(smaller, larger);
        if (smaller.Best.Gain == 0) _search.Release(smaller);
        if (larger.Best.Gain == 0) _search.Release(larger);
    }

    private bool MayBeSplit(GrowingLeaf leaf) => matrix.Columns.Length > 0 && _search.CanSplit(leaf.Rows) && leaf.Depth < (options.MaxDepth ?? int.MaxValue);
}
