namespace ModelTraining;

/// <summary>A tree of many leaves, walked from the root by each row.</summary>
internal sealed unsafe class WalkedTree : ScoredTree
{
    private readonly Node[] _nodes;
    private readonly BinSet[] _sets;
    private readonly float[] _leaves;

    public WalkedTree(DecisionTree tree, IReadOnlyDictionary<int, int> places)
        : base(tree.Output)
    {
        _leaves = tree.Leaves;
        _nodes = new Node[tree.Features.Length];
        var sets = new List<BinSet>();
        for (var i = 0; i < _nodes.Length; i++)
        {
            var set = -1;
            if (tree.Categories[i] is { } categories)
            {
                set = sets.Count;
                sets.Add(categories);
            }

            _nodes[i] = new Node(places[tree.Features[i]] * BlockRows, tree.Thresholds[i], tree.Left[i], tree.Right[i], set, tree.MissingLeft[i]);
        }

        _sets = [.. sets];
    }

    public override void Add(float* values, float* sums)
    {
        for (var row = 0; row < BlockRows; row++)
        {
            var next = 0;
            while (next >= 0)
            {
                ref readonly var node = ref _nodes[next];
                var value = values[node.Place + row];
                var left = node.Set >= 0 ? _sets[node.Set].Contains(BitConverter.SingleToInt32Bits(value))
                    : node.MissingLeft ? !(value > node.Threshold)
                    : value <= node.Threshold;
                next = left ? node.Left : node.Right;
            }

            sums[row] += _leaves[~next];
        }
    }

    private readonly record struct Node(int Place, float Threshold, int Left, int Right, int Set, bool MissingLeft);
}
