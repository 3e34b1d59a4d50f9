using System.Globalization;

namespace ModelTraining;

/// <summary>Grows trees of a forest one after the other; each thread has its own. What tree comes out depends on its number alone.</summary>
internal sealed class ForestGrower
{
    private readonly BinMatrix _matrix;
    private readonly RowPart _part;
    private readonly ForestOptions _options;
    private readonly bool _randomBounds;
    private readonly SeededRandom _random;
    private readonly GradientBoostingOptions _growth;
    private readonly RowPartition _partition;
    private readonly TreeGrower _grower;

    public ForestGrower(BinMatrix matrix, PinnedColumns values, RowPart part, ForestOptions options, bool randomBounds, SeededRandom random)
    {
        (_matrix, _part, _options, _randomBounds, _random) = (matrix, part, options, randomBounds, random);
        _growth = new GradientBoostingOptions { Leaves = options.Leaves, MaxDepth = options.MaxDepth, MinRowsPerLeaf = options.MinRowsPerLeaf, MinHessianPerLeaf = 0, L2 = 0 };
        var alone = new WorkerTeam(1);
        _partition = new RowPartition(values, matrix.Rows, PinnedArray.ForRows<float>(matrix.Rows), alone) { ByBins = part.Features.Spill is not null };
        _grower = new TreeGrower(matrix, _partition, _growth, alone);
    }

    /// <summary>Grows a tree.</summary>
    /// <param name="output">What it is grown on.</param>
    /// <param name="round">Its number among the trees of this output. Trees of the same number draw the same rows, so that a row is in the bag for all classes or none.</param>
    /// <param name="cancellationToken">Ends the growing between two splits.</param>
    public ForestTree Grow(ForestOutput output, int round, CancellationToken cancellationToken)
    {
        var rows = _matrix.Rows;
        if (_options.RowFraction < 1) rows = _partition.TakeSome(_options.RowFraction!.Value, _random.Fork(string.Create(CultureInfo.InvariantCulture, $"rows {round}")));
        else _partition.TakeAll();
        var seed = _random.Fork(string.Create(CultureInfo.InvariantCulture, $"splits {round} {output.Index}")).NextBits();
        _grower.Draw = new SplitDraw(_options.ColumnFraction!.Value, _randomBounds, seed);
        var grown = _grower.Grow(output.Packed, new SplitRules(_growth, output.Scale, 1), rows, null, cancellationToken);
        var tree = DecisionTree.Of(grown, LeafValues(grown, output), LeafCovers.Of(grown, _partition, _part.Weights), output.Index);
        var scored = rows < _matrix.Rows ? _partition.From(rows).ToArray() : _partition.Of(0, rows).ToArray();
        return new ForestTree(tree, scored, Values(tree, scored));
    }

    /// <summary>The mean of each leaf's rows, in full precision, as its distance from the mean of all.</summary>
    private float[] LeafValues(GrownTree tree, ForestOutput output)
    {
        var values = new float[tree.Leaves.Count];
        for (var leaf = 0; leaf < values.Length; leaf++)
        {
            var (sum, total) = (0.0, 0.0);
            foreach (var row in _partition.Of(tree.Leaves[leaf].Start, tree.Leaves[leaf].Rows))
            {
                double weight = _part.Weight(row);
                sum -= weight * output.Distances[row];
                total += weight;
            }

            values[leaf] = (float)(sum / total);
        }

        return values;
    }

    private float[] Values(DecisionTree tree, int[] rows)
    {
        var values = new float[rows.Length];
        var scorer = new EnsembleScorer([tree], _part.Features.Features);
        var sums = new float[(tree.Output + 1) * ScoredTree.BlockRows];
        Span<int> tableRows = stackalloc int[ScoredTree.BlockRows];
        for (var first = 0; first < rows.Length; first += ScoredTree.BlockRows)
        {
            var block = tableRows[..Math.Min(ScoredTree.BlockRows, rows.Length - first)];
            for (var i = 0; i < block.Length; i++) block[i] = _part.TableRows.Span[rows[first + i]];
            Array.Clear(sums);
            scorer.AddBlock(_part.Features, block, sums);
            sums.AsSpan(tree.Output * ScoredTree.BlockRows, block.Length).CopyTo(values.AsSpan(first));
        }

        return values;
    }
}
