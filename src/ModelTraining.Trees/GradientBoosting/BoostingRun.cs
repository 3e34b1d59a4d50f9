using System.Globalization;

namespace ModelTraining;

/// <summary>One training: rounds of trees until there are enough, nothing gets better, or the caller asks to stop.</summary>
internal sealed class BoostingRun : IDisposable
{
    private readonly TrainingData _data;
    private readonly GradientBoostingOptions _options;
    private readonly TrainingContext _context;
    private readonly BoostingStart? _start;
    private readonly WorkerTeam _team;

    public BoostingRun(TrainingData data, GradientBoostingOptions options, TrainingContext context, BoostingStart? start)
    {
        DataCheck.Throw(data, options);
        (_data, _options, _context, _start) = (data, options, context, start);
        _team = new WorkerTeam(context.Threads);
    }

    public void Dispose() => _team.Dispose();

    public TrainedModel Train(CancellationToken cancellationToken)
    {
        var part = new RowPart(_data, _data.TrainingRows);
        var matrix = BinMatrix.Shared(_data, part, _options.MaxBins, _context.Random.Fork("bins"), _team, cancellationToken);
        WarnIfNothingCanBeSplit(matrix);
        var shared = PinnedArray.ForRows<float>(part.Rows);
        var objective = Objective.For(part, shared, _team, _start?.BaseScores, _options.Objective);
        var validation = ValidationOf(objective);
        var rounds = _options.Trees ?? (validation is null ? GradientBoostingOptions.RoundsWithoutValidation : GradientBoostingOptions.RoundsWithValidation);
        using var values = new PinnedColumns(part);
        var round = new BoostingRound(matrix, values, objective, shared, _options, _team, _context.Random);
        var stopping = new EarlyStopping(_options.Patience, _options.MinDelta);
        var curve = new LearningCurve(_context, objective.Metric, rounds);
        var trees = new BoostedTrees(objective, validation, _team);
        var dropout = _options.Dart is { } dart ? new Dropout(dart, _options.LearningRate, _context.Random.Fork("dropout")) : null;
        var best = Array.Empty<DecisionTree>();
        var status = RunStatus.Completed;
        if (_start is not null) trees.GoOnFrom(_start.Trees);
        objective.Evaluate();
        while (curve.Rounds < rounds)
        {
            var dropped = dropout?.Draw(curve.Rounds) ?? [];
            DecisionTree[] grown;
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                trees.TakeOut(dropped);
                grown = round.Grow(_options.LearningRate * (dropout?.FactorOfNew(dropped.Length) ?? 1), cancellationToken);
            }
            catch (OperationCanceledException) when (trees.Count > 0)
            {
                status = RunStatus.Cancelled;
                break;
            }

            if (trees.Count > 0 && IsLast(grown)) break;
            trees.Add(grown);
            if (dropout is not null) trees.PutBack(dropped, dropout.FactorOfDropped(dropped.Length));
            var validationLoss = validation?.Evaluate();
            curve.Add(objective.Evaluate(), validationLoss);
            if (validationLoss is not { } loss) continue;
            var stops = stopping.Stops(loss);
            // Later rounds change the weights of earlier ones, so the best model is not the first part of the last.
            if (dropout is not null && stopping.BestRound == curve.Rounds) best = trees.First(curve.Rounds);
            if (stops) break;
        }

        curve.End();
        var restores = validation is not null && _options.RestoreBestWeights;
        var kept = restores ? stopping.BestRound : curve.Rounds;
        return Model(restores && dropout is not null ? best : trees.First(kept), objective.BaseScores, status, curve.History(kept));
    }

    /// <summary>A round that found no split changes nothing, and neither would the next, unless that draws other rows or columns, or leaves rounds out.</summary>
    private bool IsLast(DecisionTree[] grown) => _options.Dart is null && _options.RowFraction == 1 && _options.ColumnFraction == 1 && grown.All(tree => tree.Features.Length == 0);

    private Objective? ValidationOf(Objective objective)
    {
        var part = _data.Features.Spill is null ? new RowPart(_data, _data.ValidationRows) : Gathered();
        return part.Rows == 0 ? null : Objective.For(part, PinnedArray.ForRows<float>(part.Rows), _team, objective.BaseScores, _options.Objective);
    }

    private RowPart Gathered()
    {
        var data = GatheredRows.Of(_data, _data.ValidationRows);
        return new RowPart(data, data.TrainingRows);
    }

    private void WarnIfNothingCanBeSplit(BinMatrix matrix)
    {
        if (matrix.Columns.Length == 0)
        {
            _context.Warn("Every feature has the same value in all training rows: the model will predict the same for all.");
        }
        else if (matrix.Rows < 2L * _options.MinRowsPerLeaf)
        {
            _context.Warn(string.Create(CultureInfo.InvariantCulture, $"{matrix.Rows} training rows are too few for two leaves of {_options.MinRowsPerLeaf} (MinRowsPerLeaf): the model will predict the same for all."));
        }
    }

    private TreeEnsembleModel Model(DecisionTree[] trees, float[] baseScores, RunStatus status, TrainingHistory history)
    {
        var features = _data.Features.Features;
        return new TreeEnsembleModel([.. _start?.Trees ?? [], .. trees], baseScores, features)
        {
            Trainer = GradientBoostingTrainer.TrainerName,
            Features = features,
            Task = _data.Target.Task,
            Objective = _options.Objective,
            Classes = _data.Target.Classes,
            Status = status,
            History = history,
            Importances = SplitImportances.Of(trees, features), // of what was added: exported trees do not tell their gains
        };
    }
}
