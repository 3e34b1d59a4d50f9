using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelTraining;

/// <summary>
/// A tree of few leaves, which is not walked: every split strikes out, in a row's set of leaves, those on its left where the row goes right. That can be
/// done in any order, for many rows at once and without a branch; the first leaf that remains is the row's (QuickScorer: Lucchese et al., SIGIR 2015).
/// </summary>
internal sealed unsafe class BitTree : ScoredTree
{
    /// <summary>A leaf is a bit of 32, the first leaf the highest.</summary>
    public const int MostLeaves = 32;
    private readonly Node[] _missingRight;
    private readonly Node[] _missingLeft;
    private readonly (Node Node, BinSet Set)[] _categories;
    private readonly float[] _leaves = GC.AllocateArray<float>(MostLeaves, pinned: true);

    public BitTree(DecisionTree tree, IReadOnlyDictionary<int, int> places)
        : base(tree.Output)
    {
        var nodes = new Node[tree.Features.Length];
        Number(tree, nodes, places, tree.Features.Length == 0 ? ~0 : 0, 0);
        var all = Enumerable.Range(0, nodes.Length).ToLookup(i => (IsCategory: tree.Categories[i] is not null, MissingLeft: tree.MissingLeft[i]));
        _missingRight = [.. all[(false, false)].Select(i => nodes[i])];
        _missingLeft = [.. all[(false, true)].Select(i => nodes[i])];
        _categories = [.. all[(true, false)].Select(i => (nodes[i], tree.Categories[i]!.Value))];
    }

    public override void Add(float* values, float* sums)
    {
        var v0 = Vector512<uint>.AllBitsSet;
        var (v1, v2, v3) = (v0, v0, v0);
        foreach (ref readonly var node in _missingRight.AsSpan())
        {
            var x = values + node.Place;
            var threshold = Vector512.Create(node.Threshold);
            var kept = Vector512.Create(node.KeptOnRight);
            v0 = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(Vector512.Load(x), threshold).AsUInt32(), v0, v0 & kept);
            v1 = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(Vector512.Load(x + 16), threshold).AsUInt32(), v1, v1 & kept);
            v2 = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(Vector512.Load(x + 32), threshold).AsUInt32(), v2, v2 & kept);
            v3 = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(Vector512.Load(x + 48), threshold).AsUInt32(), v3, v3 & kept);
        }

        foreach (ref readonly var node in _missingLeft.AsSpan())
        {
            // NaN is not greater than anything.
            var x = values + node.Place;
            var threshold = Vector512.Create(node.Threshold);
            var kept = Vector512.Create(node.KeptOnRight);
            v0 = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Load(x), threshold).AsUInt32(), v0 & kept, v0);
            v1 = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Load(x + 16), threshold).AsUInt32(), v1 & kept, v1);
            v2 = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Load(x + 32), threshold).AsUInt32(), v2 & kept, v2);
            v3 = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Load(x + 48), threshold).AsUInt32(), v3 & kept, v3);
        }

        var bits = stackalloc uint[BlockRows];
        v0.Store(bits);
        v1.Store(bits + 16);
        v2.Store(bits + 32);
        v3.Store(bits + 48);
        foreach (ref readonly var category in _categories.AsSpan()) StrikeOut(category.Node, category.Set, values, bits);
        AddLeaves(bits, sums);
    }

    private static void StrikeOut(in Node node, in BinSet set, float* values, uint* bits)
    {
        var categories = (int*)(values + node.Place);
        if (Avx2.IsSupported)
        {
            var words = set.ToVector();
            var kept = Vector256.Create(node.KeptOnRight);
            for (var row = 0; row < BlockRows; row += Vector256<uint>.Count)
            {
                var goesLeft = BinSet.ContainsEach(words, Vector256.Load(categories + row)).AsUInt32();
                (Vector256.Load(bits + row) & (kept | goesLeft)).Store(bits + row);
            }

            return;
        }

        for (var row = 0; row < BlockRows; row++) if (!set.Contains(categories[row])) bits[row] &= node.KeptOnRight;
    }

    private void AddLeaves(uint* bits, float* sums)
    {
        var leaves = _leaves.Pointer();
        if (Avx512CD.IsSupported)
        {
            var (lower, upper) = (Vector512.Load(leaves), Vector512.Load(leaves + 16));
            for (var row = 0; row < BlockRows; row += Vector512<uint>.Count)
            {
                var leaf = Avx512CD.LeadingZeroCount(Vector512.Load(bits + row)).AsInt32();
                (Vector512.Load(sums + row) + Avx512F.PermuteVar16x32x2(lower, leaf, upper)).Store(sums + row);
            }

            return;
        }

        for (var row = 0; row < BlockRows; row++) sums[row] += leaves[BitOperations.LeadingZeroCount(bits[row])];
    }

    /// <summary>Numbers the leaves below a child from left to right; returns the number after the last.</summary>
    private int Number(DecisionTree tree, Node[] nodes, IReadOnlyDictionary<int, int> places, int child, int first)
    {
        if (child < 0)
        {
            _leaves[first] = tree.Leaves[~child];
            return first + 1;
        }

        var middle = Number(tree, nodes, places, tree.Left[child], first);
        var onLeft = (uint)(((1UL << (middle - first)) - 1) << (MostLeaves - middle));
        nodes[child] = new Node(places[tree.Features[child]] * BlockRows, tree.Thresholds[child], ~onLeft);
        return Number(tree, nodes, places, tree.Right[child], middle);
    }

    /// <param name="Place">Where the feature's values begin.</param>
    /// <param name="Threshold">Values up to it go left.</param>
    /// <param name="KeptOnRight">The leaves that a row that goes right may still reach.</param>
    private readonly record struct Node(int Place, float Threshold, uint KeptOnRight);
}
