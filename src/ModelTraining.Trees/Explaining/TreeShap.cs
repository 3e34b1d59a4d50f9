using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelTraining;

/// <summary>
/// The SHAP values of trees, of the conditional expectation that follows a split where its feature is known and else both of its ways, weighted by the
/// training rows that took them ("path-dependent": Lundberg et al., "From local explanations to global understanding with explainable AI for trees", Nature Machine
/// Intelligence 2, 2020, algorithm 2). Exact, in a time that grows with leaves × depth: a leaf of value v that is reached by m features, of which feature j passes its splits
/// (o = 1) or not (o = 0) and would for a share z of the rows, gives feature i the SHAP value v (oᵢ − zᵢ) ∫₀¹ ∏ⱼ≠ᵢ (zⱼ (1 − t) + oⱼ t) dt, as Shapley's weight of a set of s among
/// m − 1 features is ∫ tˢ (1 − t)ᵐ⁻¹⁻ˢ dt. The integral of a polynomial is the sum over a few points; products are kept along the way down, and summed over
/// all leaves below on the way up (as in Yu et al., "Linear TreeShap", NeurIPS 2022, whose points need the inverse of a matrix). All factors are positive: nothing cancels.
/// </summary>
internal sealed unsafe class TreeShap
{
    private readonly double[] _buffer;
    private readonly int[] _way;
    private readonly int _levels;
    private readonly int _points;

    /// <param name="deepest">The most splits above a leaf, of all trees.</param>
    /// <param name="points">The most points of a rule, of all trees.</param>
    public TreeShap(int deepest, int points)
    {
        (_levels, _points) = (deepest + 1, points);
        _buffer = GC.AllocateUninitializedArray<double>(checked((3 * _levels * _points) + _levels), pinned: true);
        _way = GC.AllocateUninitializedArray<int>(2 * _levels, pinned: true);
    }

    /// <summary>Adds a tree's SHAP values of a row.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="values">The row's value of each feature that is used: quantities as they are, categories as 32-bit integers.</param>
    /// <param name="sums">The row's sums, of the tree's output, one a feature that is used.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ExplainedTree tree, float* values, double* sums)
    {
        var count = tree.Rule.Count;
        var products = _buffer.Pointer();
        var inverses = products + (_levels * _points);
        var below = inverses + (_levels * _points);
        var passes = below + (_levels * _points);
        var way = _way.Pointer();
        var goesLeft = way + _levels;
        var nodes = tree.Nodes;
        fixed (double* points = tree.Rule.Points, weights = tree.Rule.Weights)
        {
            for (var i = 0; i < count; i++) products[i] = weights[i];
            passes[0] = 1;
            var open = -1;
            for (var position = 0; position < nodes.Length; position++)
            {
                ref readonly var node = ref nodes[position];
                var depth = node.Depth;
                for (; open >= depth; open--) Close(in nodes[way[open]], inverses, below, passes, open, count, sums);
                open = depth;
                way[depth] = position;
                if (depth > 0)
                {
                    var same = node.SameAbove;
                    var passed = (goesLeft[depth - 1] != 0) == node.IsLeft ? passes[same] : 0;
                    passes[depth] = passed;
                    Descend(node.Share, passed, points, products + ((depth - 1) * count), same == 0 ? null : inverses + (same * count), products + (depth * count), inverses + (depth * count), count);
                }

                if (node.Feature < 0)
                {
                    var value = Vector256.Create(node.Value);
                    for (var i = 0; i < count; i += Vector256<double>.Count) (value * Vector256.Load(products + (depth * count) + i)).Store(below + (depth * count) + i);
                    continue;
                }

                for (var i = 0; i < count; i += Vector256<double>.Count) Vector256<double>.Zero.Store(below + (depth * count) + i);
                goesLeft[depth] = GoesLeft(in node, tree.Sets, values) ? 1 : 0;
            }

            for (; open > 0; open--) Close(in nodes[way[open]], inverses, below, passes, open, count, sums);
        }
    }

    private static bool GoesLeft(in ExplainedNode node, BinSet[] sets, float* values)
    {
        var value = values[node.Feature];
        if (node.Set >= 0) return sets[node.Set].Contains(BitConverter.SingleToInt32Bits(value));
        return node.MissingLeft ? !(value > node.Threshold) : value <= node.Threshold;
    }

    /// <summary>The factor of a feature that has one already takes that one's place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Descend(double share, double passed, double* points, double* productsAbove, double* inversesOfSame, double* products, double* inverses, int count)
    {
        var (z, slope) = (Vector256.Create(share), Vector256.Create(passed - share));
        for (var i = 0; i < count; i += Vector256<double>.Count)
        {
            var factor = z + (slope * Vector256.Load(points + i));
            var product = Vector256.Load(productsAbove + i) * factor;
            if (inversesOfSame is not null) product *= Vector256.Load(inversesOfSame + i);
            product.Store(products + i);
            (Vector256<double>.One / factor).Store(inverses + i);
        }
    }

    /// <summary>The leaves below a node are all known: gives the feature above it its part of them, and takes back what a way further up has to give by the same feature.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Close(in ExplainedNode node, double* inverses, double* below, double* passes, int depth, int count, double* sums)
    {
        var leaves = below + (depth * count);
        var above = leaves - count;
        var own = inverses + (depth * count);
        var same = node.SameAbove;
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < count; i += Vector256<double>.Count)
        {
            var values = Vector256.Load(leaves + i);
            sum += values * Vector256.Load(own + i);
            (Vector256.Load(above + i) + values).Store(above + i);
        }

        var change = (passes[depth] - node.Share) * Vector256.Sum(sum);
        if (same > 0)
        {
            sum = Vector256<double>.Zero;
            for (var i = 0; i < count; i += Vector256<double>.Count) sum += Vector256.Load(leaves + i) * Vector256.Load(inverses + (same * count) + i);
            change -= (passes[same] - node.ShareOfSame) * Vector256.Sum(sum);
        }

        sums[node.FeatureAbove] += change;
    }
}
