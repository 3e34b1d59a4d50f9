namespace ModelTraining;

/// <summary>A round of boosting: a tree for each output, grown on the gradients of the scores so far and added to them.</summary>
internal sealed class BoostingRound
{
    private readonly BinMatrix _matrix;
    private readonly Objective _objective;
    private readonly GradientBoostingOptions _options;
    private readonly SeededRandom _roundings;
    private readonly SeededRandom _rowDraws;
    private readonly SeededRandom _columnDraws;
    private readonly RowPartition _partition;
    private readonly PackedGradients _packed;
    private readonly TreeGrower _grower;
    private readonly LeafValues _leafValues;
    private readonly ScoreUpdate _scoresOfNotDrawn;

    public BoostingRound(BinMatrix matrix, PinnedColumns values, Objective objective, float[] shared, GradientBoostingOptions options, WorkerTeam team, SeededRandom random)
    {
        (_matrix, _objective, _options) = (matrix, objective, options);
        (_roundings, _rowDraws, _columnDraws) = (random.Fork("roundings"), random.Fork("rows"), random.Fork("columns"));
        _partition = new RowPartition(values, matrix.Rows, shared, team) { ByBins = objective.Part.Features.Spill is not null };
        _packed = new PackedGradients(objective, team);
        var constraints = GrowthConstraints.Of(options, objective.Part.Features.Features, matrix);
        _grower = new TreeGrower(matrix, _partition, options, team) { Constraints = constraints };
        _leafValues = new LeafValues(objective, _partition, options, constraints, team);
        _scoresOfNotDrawn = new ScoreUpdate(objective, team);
    }

    /// <summary>Grows the trees and adds them to the objective's scores.</summary>
    /// <param name="rate">What the leaves' values are multiplied by.</param>
    /// <param name="cancellationToken">Ends the growing.</param>
    /// <exception cref="OperationCanceledException">The token was signalled; the scores are of no use any more.</exception>
    public DecisionTree[] Grow(double rate, CancellationToken cancellationToken)
    {
        var trees = new DecisionTree[_objective.Outputs];
        var draw = _rowDraws.NextBits();
        for (var output = 0; output < trees.Length; output++)
        {
            var scale = GradientScale.For(_matrix.Rows, _objective.Differentiate(output), _objective.ConstantHessian);
            _packed.Pack(scale, _roundings.NextBits());
            var rows = _matrix.Rows;
            if (_options.RowFraction < 1) rows = _partition.TakeSome(_options.RowFraction, new SeededRandom(draw));
            else _partition.TakeAll();
            var tree = _grower.Grow(_packed, new SplitRules(_options, scale, _objective.HessianFactor), rows, DrawColumns(), cancellationToken);
            _objective.Restore(output);
            trees[output] = DecisionTree.Of(tree, _leafValues.Apply(tree, output, rate), LeafCovers.Of(tree, _partition, _objective.Part.Weights), output);
            if (rows < _matrix.Rows) _scoresOfNotDrawn.Add([trees[output]], _partition.From(rows));
        }

        return trees;
    }

    /// <summary>Of each of the matrix's columns whether the next tree may split by it; null when by all.</summary>
    private bool[]? DrawColumns()
    {
        if (_options.ColumnFraction == 1 || _matrix.Columns.Length == 0) return null;
        var columns = new int[_matrix.Columns.Length];
        for (var i = 0; i < columns.Length; i++) columns[i] = i;
        _columnDraws.Shuffle(columns.AsSpan());
        var allowed = new bool[columns.Length];
        foreach (var column in columns.AsSpan(0, Math.Max(1, (int)Math.Round(columns.Length * _options.ColumnFraction)))) allowed[column] = true;
        return allowed;
    }
}
