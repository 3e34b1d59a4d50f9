namespace ModelTraining;

/// <summary>A tree as its SHAP values are computed from it: each node before those below it, the left before the right.</summary>
internal sealed class ExplainedTree
{
    /// <summary>Weights of rows may differ so much that a sum in single precision leaves nothing of a leaf; no share may be 0. Where no row is known to have been, both ways are as likely.</summary>
    private const double LeastShare = 1e-30;

    private readonly List<ExplainedNode> _nodes = [];
    private readonly List<BinSet> _sets = [];

    /// <param name="tree">The tree.</param>
    /// <param name="places">Where each feature stands among those that are used.</param>
    public ExplainedTree(DecisionTree tree, IReadOnlyDictionary<int, int> places)
    {
        Output = tree.Output;
        var covers = Covers(tree);
        var root = tree.Features.Length == 0 ? ~0 : 0;
        double CoverOf(int child) => child >= 0 ? covers[child] : tree.LeafCovers[~child];
        var (mean, deepest, mostFeatures) = (0.0, 0, 0);

        // Of each node on the way to the present one the place of the feature above, how many different ones there are up to it, and the share of rows that reach it.
        var way = new List<(int Feature, double Share, int Features, double Reached)>();
        var open = new Stack<(int Child, int Parent, int Depth, bool IsLeft)>([(root, -1, 0, false)]);
        while (open.TryPop(out var next))
        {
            var (child, parent, depth, isLeft) = next;
            way.RemoveRange(depth, way.Count - depth);
            var (feature, share, same, features, reached) = (-1, 1.0, 0, 0, 1.0);
            if (parent >= 0)
            {
                feature = places[tree.Features[parent]];
                same = Math.Max(0, way.FindLastIndex(node => node.Feature == feature));
                features = way[depth - 1].Features + (same == 0 ? 1 : 0);
                share = covers[parent] > 0 ? Math.Max(CoverOf(child) / covers[parent], LeastShare) : 0.5;
                reached = way[depth - 1].Reached * share;
                if (same > 0) share *= way[same].Share;
            }

            way.Add((feature, share, features, reached));
            (deepest, mostFeatures) = (Math.Max(deepest, depth), Math.Max(mostFeatures, features));
            if (child < 0) mean += tree.Leaves[~child] * reached;
            _nodes.Add(Node(tree, places, child) with { Depth = depth, IsLeft = isLeft, FeatureAbove = feature, Share = share, SameAbove = same, ShareOfSame = way[same].Share });
            if (child < 0) continue;
            open.Push((tree.Right[child], child, depth + 1, false));
            open.Push((tree.Left[child], child, depth + 1, true));
        }

        (Nodes, Sets, Mean, Deepest) = ([.. _nodes], [.. _sets], mean, deepest);
        Rule = new TreeShapRule(mostFeatures);
    }

    /// <summary>The class, or 0, that the tree adds to.</summary>
    public int Output { get; }

    public ExplainedNode[] Nodes { get; }

    public BinSet[] Sets { get; }

    /// <summary>What the tree says on average.</summary>
    public double Mean { get; }

    /// <summary>The most splits above a leaf.</summary>
    public int Deepest { get; }

    public TreeShapRule Rule { get; }

    /// <summary>A split comes before those below it, so that sums from the last to the first find what they need.</summary>
    private static double[] Covers(DecisionTree tree)
    {
        var covers = new double[tree.Features.Length];
        for (var split = covers.Length - 1; split >= 0; split--)
        {
            foreach (var child in (ReadOnlySpan<int>)[tree.Left[split], tree.Right[split]]) covers[split] += child >= 0 ? covers[child] : tree.LeafCovers[~child];
        }

        return covers;
    }

    private ExplainedNode Node(DecisionTree tree, IReadOnlyDictionary<int, int> places, int child)
    {
        var isSplit = child >= 0;
        var set = -1;
        if (isSplit && tree.Categories[child] is { } categories)
        {
            set = _sets.Count;
            _sets.Add(categories);
        }

        return new ExplainedNode
        {
            Depth = 0,
            IsLeft = false,
            FeatureAbove = -1,
            Share = 1,
            SameAbove = 0,
            ShareOfSame = 1,
            Feature = isSplit ? places[tree.Features[child]] : -1,
            Threshold = isSplit ? tree.Thresholds[child] : float.NaN,
            MissingLeft = isSplit && tree.MissingLeft[child],
            Set = set,
            Value = isSplit ? 0 : tree.Leaves[~child],
        };
    }
}
