using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>The SHAP values of a sum of trees, a block of rows at a time. Safe to use from many threads.</summary>
internal sealed unsafe class TreeExplainer
{
    private const int BlockRows = 32;

    /// <summary>What following a node costs beside the points of its rule.</summary>
    private const long OperationsPerNode = 20;
    private const long OperationsPerPoint = 6;
    private readonly (int Feature, int Cardinality)[] _used;
    private readonly ExplainedTree[] _trees;
    private readonly int _outputs;
    private readonly int _deepest;
    private readonly int _points;

    /// <param name="trees">The trees.</param>
    /// <param name="baseScores">What each output starts from.</param>
    /// <param name="features">The features in the model's order.</param>
    public TreeExplainer(IReadOnlyList<DecisionTree> trees, float[] baseScores, IReadOnlyList<FeatureInfo> features)
    {
        var used = trees.SelectMany(tree => tree.Features).Distinct().Order().ToArray();
        var places = used.Select((feature, place) => (feature, place)).ToDictionary(pair => pair.feature, pair => pair.place);
        _used = [.. used.Select(feature => (feature, features[feature].Kind == FeatureKind.Category ? features[feature].Cardinality : 0))];
        _trees = [.. trees.Select(tree => new ExplainedTree(tree, places))];
        _outputs = baseScores.Length;
        _deepest = _trees.Select(tree => tree.Deepest).DefaultIfEmpty().Max();
        _points = _trees.Select(tree => tree.Rule.Count).DefaultIfEmpty().Max();
        BaseValues = [.. baseScores.Select((score, output) => score + _trees.Where(tree => tree.Output == output).Sum(tree => tree.Mean))];
        OperationsPerRow = _trees.Sum(tree => tree.Nodes.LongLength * (OperationsPerNode + (OperationsPerPoint * tree.Rule.Count)));
    }

    /// <summary>What the trees say of a row of which nothing is known.</summary>
    public IReadOnlyList<double> BaseValues { get; }

    public long OperationsPerRow { get; }

    /// <param name="features">The inputs.</param>
    /// <param name="rows">The rows to explain.</param>
    /// <param name="values">Takes [rows, outputs, features].</param>
    /// <param name="threads">How many threads to use at most.</param>
    /// <param name="cancellationToken">Ends the work between two blocks of rows.</param>
    public void Explain(FeatureSet features, ReadOnlyMemory<int> rows, Memory<float> values, int threads, CancellationToken cancellationToken)
    {
        var rowValues = _outputs * features.Count;
        var blocks = (rows.Length + BlockRows - 1) / BlockRows;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellationToken };
        Parallel.For(0, blocks, options, () => new Workplace(this), (block, _, workplace) =>
        {
            var first = block * BlockRows;
            var taken = rows.Span.Slice(first, Math.Min(BlockRows, rows.Length - first));
            ExplainBlock(features, taken, values.Span.Slice(first * rowValues, taken.Length * rowValues), workplace);
            return workplace;
        }, static _ => { });
    }

    private void ExplainBlock(FeatureSet features, ReadOnlySpan<int> rows, Span<float> values, Workplace workplace)
    {
        var (inputs, sums) = (workplace.Inputs, workplace.Sums);
        Collect(features, rows, inputs);
        Array.Clear(sums);
        var rowSums = _outputs * _used.Length;
        foreach (var tree in _trees)
        {
            if (tree.Deepest == 0) continue;
            for (var row = 0; row < rows.Length; row++) workplace.Shap.Add(tree, inputs.Pointer() + (row * _used.Length), sums.Pointer() + (row * rowSums) + (tree.Output * _used.Length));
        }

        values.Clear();
        for (var row = 0; row < rows.Length; row++)
        {
            for (var output = 0; output < _outputs; output++)
            {
                var explained = values.Slice(((row * _outputs) + output) * features.Count, features.Count);
                for (var i = 0; i < _used.Length; i++) explained[_used[i].Feature] = (float)sums[(row * rowSums) + (output * _used.Length) + i];
            }
        }
    }

    /// <summary>Row after row, as each row meets all trees.</summary>
    private void Collect(FeatureSet features, ReadOnlySpan<int> rows, float[] inputs)
    {
        var categories = MemoryMarshal.Cast<float, int>(inputs.AsSpan());
        for (var i = 0; i < _used.Length; i++)
        {
            var (feature, cardinality) = _used[i];
            var column = features.Column(feature);
            for (var row = 0; row < rows.Length; row++)
            {
                var value = column[rows[row]];
                if (cardinality == 0) inputs[(row * _used.Length) + i] = value;
                else categories[(row * _used.Length) + i] = FeatureBinning.CategoryOf(value, cardinality);
            }
        }
    }

    /// <summary>What a thread works with.</summary>
    private sealed class Workplace(TreeExplainer explainer)
    {
        public TreeShap Shap { get; } = new(explainer._deepest, explainer._points);

        /// <summary>[rows, used features].</summary>
        public float[] Inputs { get; } = PinnedArray.ForRows<float>(BlockRows * explainer._used.Length);

        /// <summary>[rows, outputs, used features].</summary>
        public double[] Sums { get; } = PinnedArray.ForRows<double>(BlockRows * explainer._outputs * explainer._used.Length);
    }
}
