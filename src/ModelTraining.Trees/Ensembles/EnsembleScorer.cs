using System.Buffers;
using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>Sums the leaves that rows fall into, a block of rows at a time. Safe to use from many threads.</summary>
internal sealed unsafe class EnsembleScorer
{
    private readonly (int Feature, int Cardinality)[] _used;
    private readonly ScoredTree[] _trees;

    /// <param name="trees">The trees.</param>
    /// <param name="features">The features in the model's order.</param>
    public EnsembleScorer(IReadOnlyList<DecisionTree> trees, IReadOnlyList<FeatureInfo> features)
    {
        var used = trees.SelectMany(tree => tree.Features).Distinct().Order().ToArray();
        var places = used.Select((feature, place) => (feature, place)).ToDictionary(pair => pair.feature, pair => pair.place);
        _used = [.. used.Select(feature => (feature, features[feature].Kind == FeatureKind.Category ? features[feature].Cardinality : 0))];
        _trees = [.. trees.Select(tree => ScoredTree.Of(tree, places))];
    }

    /// <summary>Adds the trees' values to sums.</summary>
    /// <param name="features">The inputs.</param>
    /// <param name="rows">At most <see cref="ScoredTree.BlockRows"/> rows.</param>
    /// <param name="sums">[outputs, <see cref="ScoredTree.BlockRows"/>].</param>
    public void AddBlock(FeatureSet features, ReadOnlySpan<int> rows, Span<float> sums)
    {
        var buffer = ArrayPool<float>.Shared.Rent(_used.Length * ScoredTree.BlockRows);
        try
        {
            var values = buffer.AsSpan(0, _used.Length * ScoredTree.BlockRows);
            if (rows.Length < ScoredTree.BlockRows) values.Clear();
            for (var i = 0; i < _used.Length; i++) Collect(features.Column(_used[i].Feature), _used[i].Cardinality, rows, values.Slice(i * ScoredTree.BlockRows, ScoredTree.BlockRows));
            fixed (float* first = buffer, sum = sums)
            {
                foreach (var tree in _trees) tree.Add(first, sum + (tree.Output * ScoredTree.BlockRows));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    private static void Collect(ReadOnlySpan<float> column, int cardinality, ReadOnlySpan<int> rows, Span<float> values)
    {
        if (cardinality == 0)
        {
            for (var i = 0; i < rows.Length; i++) values[i] = column[rows[i]];
            return;
        }

        var categories = MemoryMarshal.Cast<float, int>(values);
        for (var i = 0; i < rows.Length; i++) categories[i] = FeatureBinning.CategoryOf(column[rows[i]], cardinality);
    }
}
