namespace ModelTraining;

/// <summary>
/// The nodes of trees as the attributes of TreeEnsembleRegressor: arrays with one entry a node. A split by categories is a chain of nodes that each ask
/// for one category; all lead to the same node when the answer is yes, as other exporters write it and ONNX Runtime reads it.
/// </summary>
internal sealed class TreeNodes
{
    private readonly List<long> _trees = [];
    private readonly List<long> _ids = [];
    private readonly List<long> _features = [];
    private readonly List<string> _modes = [];
    private readonly List<float> _values = [];
    private readonly List<long> _true = [];
    private readonly List<long> _false = [];
    private readonly List<long> _missingTrue = [];
    private readonly List<long> _leafTrees = [];
    private readonly List<long> _leafNodes = [];
    private readonly List<long> _leafOutputs = [];
    private readonly List<float> _leafValues = [];

    public void Add(int number, DecisionTree tree)
    {
        var start = new int[tree.Features.Length + 1];
        for (var split = 0; split < tree.Features.Length; split++) start[split + 1] = start[split] + (tree.Categories[split] is { } set ? Count(set) : 1);
        var firstLeaf = start[^1];
        long IdOf(int child) => child >= 0 ? start[child] : firstLeaf + ~child;
        for (var split = 0; split < tree.Features.Length; split++)
        {
            var (left, right) = (IdOf(tree.Left[split]), IdOf(tree.Right[split]));
            if (tree.Categories[split] is { } set)
            {
                var id = start[split];
                for (var category = 0; category < 256; category++)
                {
                    if (!set.Contains(category)) continue;
                    AddNode(number, id, tree.Features[split], "BRANCH_EQ", category, left, ++id == start[split + 1] ? right : id, false);
                }
            }
            else
            {
                AddNode(number, start[split], tree.Features[split], "BRANCH_LEQ", tree.Thresholds[split], left, right, tree.MissingLeft[split]);
            }
        }

        for (var leaf = 0; leaf < tree.Leaves.Length; leaf++)
        {
            AddNode(number, firstLeaf + leaf, 0, "LEAF", 0, 0, 0, false);
            _leafTrees.Add(number);
            _leafNodes.Add(firstLeaf + leaf);
            _leafOutputs.Add(tree.Output);
            _leafValues.Add(tree.Leaves[leaf]);
        }
    }

    public IEnumerable<(string Name, object Value)> Attributes() =>
    [
        ("nodes_treeids", _trees.ToArray()),
        ("nodes_nodeids", _ids.ToArray()),
        ("nodes_featureids", _features.ToArray()),
        ("nodes_modes", _modes.ToArray()),
        ("nodes_values", _values.ToArray()),
        ("nodes_truenodeids", _true.ToArray()),
        ("nodes_falsenodeids", _false.ToArray()),
        ("nodes_missing_value_tracks_true", _missingTrue.ToArray()),
        ("target_treeids", _leafTrees.ToArray()),
        ("target_nodeids", _leafNodes.ToArray()),
        ("target_ids", _leafOutputs.ToArray()),
        ("target_weights", _leafValues.ToArray()),
    ];

    private void AddNode(int tree, int id, int feature, string mode, float value, long left, long right, bool missingLeft)
    {
        _trees.Add(tree);
        _ids.Add(id);
        _features.Add(feature);
        _modes.Add(mode);
        _values.Add(value);
        _true.Add(left);
        _false.Add(right);
        _missingTrue.Add(missingLeft ? 1 : 0);
    }

    private static int Count(BinSet set)
    {
        var count = 0;
        for (var bin = 0; bin < 256; bin++) if (set.Contains(bin)) count++;
        return count;
    }
}
