using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Reads the trees that <see cref="TreeEnsembleGraph"/> wrote. What a file does not hold, the splits' gains, is 0.</summary>
internal sealed class TreeEnsembleReader
{
    private const string CategoryTest = "BRANCH_EQ";
    private readonly string[] _modes;
    private readonly long[] _trees, _nodes, _features, _whenTrue, _whenFalse, _missingIsTrue;
    private readonly float[] _thresholds;
    private readonly float[] _hitRates;
    private readonly Dictionary<(long Tree, long Node), int> _places = [];
    private readonly Dictionary<(long Tree, long Node), (int Output, float Value)> _leaves = [];

    private TreeEnsembleReader(IReadOnlyDictionary<string, object> attributes)
    {
        long[] Whole(string name) => (long[])attributes[name];
        (_modes, _thresholds) = ((string[])attributes["nodes_modes"], (float[])attributes["nodes_values"]);
        (_trees, _nodes, _features) = (Whole("nodes_treeids"), Whole("nodes_nodeids"), Whole("nodes_featureids"));
        (_whenTrue, _whenFalse, _missingIsTrue) = (Whole("nodes_truenodeids"), Whole("nodes_falsenodeids"), Whole("nodes_missing_value_tracks_true"));
        _hitRates = attributes.TryGetValue("nodes_hitrates", out var rates) ? (float[])rates : [.. Enumerable.Repeat(1f, _nodes.Length)];
        for (var i = 0; i < _nodes.Length; i++) _places[(_trees[i], _nodes[i])] = i;
        var (trees, nodes, outputs, weights) = (Whole("target_treeids"), Whole("target_nodeids"), Whole("target_ids"), (float[])attributes["target_weights"]);
        for (var i = 0; i < nodes.Length; i++) _leaves[(trees[i], nodes[i])] = ((int)outputs[i], weights[i]);
    }

    /// <summary>The trees in their order, and what each output starts from.</summary>
    public static (DecisionTree[] Trees, float[] BaseScores) Read(Node ensemble)
    {
        var reader = new TreeEnsembleReader(ensemble.Attributes);
        var baseScores = ensemble.Attributes.TryGetValue("base_values", out var values) ? (float[])values : new float[(long)ensemble.Attributes["n_targets"]];
        return ([.. reader._trees.Distinct().Select(reader.Tree)], baseScores);
    }

    private DecisionTree Tree(long tree)
    {
        var (features, thresholds, missingLeft, categories) = (new List<int>(), new List<float>(), new List<bool>(), new List<BinSet?>());
        var (left, right, leaves, covers, output) = (new List<int>(), new List<int>(), new List<float>(), new List<float>(), 0);
        var open = new Stack<(long Node, int Parent, bool IsLeft)>([(0, -1, false)]);
        while (open.TryPop(out var next))
        {
            var place = _places[(tree, next.Node)];
            var isLeaf = _modes[place] == "LEAF";
            if (next.Parent >= 0) (next.IsLeft ? left : right)[next.Parent] = isLeaf ? ~leaves.Count : features.Count;
            if (isLeaf)
            {
                (output, var value) = _leaves[(tree, next.Node)];
                leaves.Add(value);
                covers.Add(_hitRates[place]);
                continue;
            }

            var split = features.Count;
            var set = _modes[place] == CategoryTest ? Categories(ref place) : default(BinSet?);
            features.Add((int)_features[place]);
            thresholds.Add(set is null ? _thresholds[place] : float.NaN);
            missingLeft.Add(set is null && _missingIsTrue[place] != 0);
            categories.Add(set);
            left.Add(0);
            right.Add(0);
            open.Push((_whenFalse[place], split, false));
            open.Push((_whenTrue[place], split, true));
        }

        return new DecisionTree
        {
            Output = output,
            Features = [.. features],
            Thresholds = [.. thresholds],
            MissingLeft = [.. missingLeft],
            Categories = [.. categories],
            Left = [.. left],
            Right = [.. right],
            Gains = new double[features.Count],
            Leaves = [.. leaves],
            LeafCovers = [.. covers],
        };
    }

    /// <summary>The categories of a chain of branches that lead to the same node when one is met; the place becomes that of the chain's last.</summary>
    private BinSet Categories(ref int place)
    {
        var set = default(BinSet);
        while (true)
        {
            set.Add((int)_thresholds[place]);
            var next = _places[(_trees[place], _whenFalse[place])];
            if (_modes[next] != CategoryTest || _features[next] != _features[place] || _whenTrue[next] != _whenTrue[place]) return set;
            place = next;
        }
    }
}
