namespace ModelTraining.Onnx;

/// <summary>
/// Decision trees in the form of ai.onnx.ml's TreeEnsembleRegressor. Begin a tree, then add its nodes by number in any order; node 0 is the root.
/// Not thread-safe.
/// </summary>
/// <param name="targetCount">The numbers that a row gets.</param>
public sealed class TreeEnsemble(int targetCount = 1)
{
    private static readonly string[] Modes = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"];

    private readonly List<long> _trees = [], _nodes = [], _features = [], _whenTrue = [], _whenFalse = [], _missingIsTrue = [];
    private readonly List<string> _modes = [];
    private readonly List<float> _thresholds = [];
    private readonly List<float> _hitRates = [];
    private readonly List<long> _targetTrees = [], _targetNodes = [], _targets = [];
    private readonly List<float> _weights = [];
    private long _tree = -1;

    /// <summary>The numbers that a row gets.</summary>
    public int TargetCount => targetCount;

    /// <summary>The number of trees so far.</summary>
    public int TreeCount => (int)_tree + 1;

    /// <summary>What is added to each target; empty for nothing.</summary>
    public IReadOnlyList<float> BaseValues { get; init; } = [];

    /// <summary>Whether the trees' mean is taken, as of a forest, instead of their sum. Default false.</summary>
    public bool Average { get; init; }

    /// <summary>Begins the next tree.</summary>
    public void BeginTree() => _tree++;

    /// <summary>Adds a branch to the current tree.</summary>
    /// <param name="node">Its number in the tree; 0 is the root.</param>
    /// <param name="feature">The feature that is tested.</param>
    /// <param name="threshold">What it is compared with. Equal to what the trainer compared only if it is the same 32-bit number.</param>
    /// <param name="whenTrue">The node to go to when the test holds.</param>
    /// <param name="whenFalse">The node to go to when it does not.</param>
    /// <param name="missingIsTrue">Whether NaN goes where the test holds. Otherwise NaN does as the comparison says: it is not equal, less or greater.</param>
    /// <param name="test">The comparison.</param>
    public void AddBranch(int node, int feature, float threshold, int whenTrue, int whenFalse, bool missingIsTrue = false, TreeTest test = TreeTest.LessOrEqual) =>
        Add(node, Modes[(int)test], feature, threshold, whenTrue, whenFalse, missingIsTrue);

    /// <summary>Adds a leaf to the current tree.</summary>
    /// <param name="node">Its number in the tree; 0 is the root.</param>
    /// <param name="weights">What the leaf gives to each target, as many as there are targets.</param>
    public void AddLeaf(int node, params ReadOnlySpan<float> weights)
    {
        if (weights.Length != targetCount) throw new ArgumentException($"{targetCount} targets, {weights.Length} weights.", nameof(weights));
        for (var target = 0; target < weights.Length; target++) AddLeaf(node, target, weights[target], first: target == 0);
    }

    /// <summary>Adds a leaf that gives to one target alone to the current tree, as of a tree a class.</summary>
    /// <param name="node">Its number in the tree; 0 is the root.</param>
    /// <param name="target">The target.</param>
    /// <param name="weight">What the leaf gives to it.</param>
    /// <param name="hitRate">How many rows the trainer saw in it; runtimes do not need it. Default 0: not said.</param>
    public void AddLeafFor(int node, int target, float weight, float hitRate = 0)
    {
        if ((uint)target >= (uint)targetCount) throw new ArgumentOutOfRangeException(nameof(target), target, $"There are {targetCount} targets.");
        AddLeaf(node, target, weight, first: true);
        _hitRates[^1] = hitRate;
    }

    /// <summary>The attributes of the node.</summary>
    /// <exception cref="ModelTrainingException">MT3103: a branch leads to a node that its tree lacks.</exception>
    internal IEnumerable<(string Name, object Value)> Attributes()
    {
        if (_nodes.Count == 0) throw new ModelTrainingException("MT3103", "The tree ensemble has no node. Add a tree of at least one leaf.");
        var known = new HashSet<(long, long)>();
        for (var i = 0; i < _nodes.Count; i++) if (!known.Add((_trees[i], _nodes[i]))) throw new ModelTrainingException("MT3103", $"Tree {_trees[i]} has two nodes {_nodes[i]}. Number each node once.");
        for (var i = 0; i < _nodes.Count; i++)
        {
            if (_modes[i] == "LEAF" || (known.Contains((_trees[i], _whenTrue[i])) && known.Contains((_trees[i], _whenFalse[i])))) continue;
            throw new ModelTrainingException("MT3103", $"Node {_nodes[i]} of tree {_trees[i]} leads to {_whenTrue[i]} and {_whenFalse[i]}, of which the tree lacks one. Add it.");
        }

        var order = RootsFirst();
        T[] Ordered<T>(List<T> values) => order is null ? [.. values] : Array.ConvertAll(order, i => values[i]);
        yield return ("nodes_treeids", Ordered(_trees));
        yield return ("nodes_nodeids", Ordered(_nodes));
        yield return ("nodes_modes", Ordered(_modes));
        yield return ("nodes_featureids", Ordered(_features));
        yield return ("nodes_values", Ordered(_thresholds));
        yield return ("nodes_truenodeids", Ordered(_whenTrue));
        yield return ("nodes_falsenodeids", Ordered(_whenFalse));
        yield return ("nodes_missing_value_tracks_true", Ordered(_missingIsTrue));
        if (_hitRates.Exists(rate => rate != 0)) yield return ("nodes_hitrates", Ordered(_hitRates));
        yield return ("target_treeids", _targetTrees.ToArray());
        yield return ("target_nodeids", _targetNodes.ToArray());
        yield return ("target_ids", _targets.ToArray());
        yield return ("target_weights", _weights.ToArray());
        yield return ("n_targets", (long)targetCount);
        yield return ("aggregate_function", Average ? "AVERAGE" : "SUM");
        yield return ("post_transform", "NONE");
        if (BaseValues.Count > 0) yield return ("base_values", BaseValues.ToArray());
    }

    /// <summary>ONNX Runtime takes the first node that it meets of a tree for its root: the nodes by their numbers, null where they come so.</summary>
    private int[]? RootsFirst()
    {
        var sorted = true;
        for (var i = 0; i < _nodes.Count && sorted; i++) sorted = (i > 0 && _trees[i] == _trees[i - 1]) || _nodes[i] == 0;
        return sorted ? null : [.. Enumerable.Range(0, _nodes.Count).OrderBy(i => _trees[i]).ThenBy(i => _nodes[i])];
    }

    private void AddLeaf(int node, int target, float weight, bool first)
    {
        if (first) Add(node, "LEAF", 0, 0, 0, 0, false);
        _targetTrees.Add(_tree);
        _targetNodes.Add(node);
        _targets.Add(target);
        _weights.Add(weight);
    }

    private void Add(int node, string mode, int feature, float threshold, int whenTrue, int whenFalse, bool missingIsTrue)
    {
        if (_tree < 0) throw new InvalidOperationException("Begin a tree first.");
        ArgumentOutOfRangeException.ThrowIfNegative(node);
        ArgumentOutOfRangeException.ThrowIfNegative(feature);
        _trees.Add(_tree);
        _nodes.Add(node);
        _modes.Add(mode);
        _features.Add(feature);
        _thresholds.Add(threshold);
        _hitRates.Add(0);
        _whenTrue.Add(whenTrue);
        _whenFalse.Add(whenFalse);
        _missingIsTrue.Add(missingIsTrue ? 1 : 0);
    }
}
