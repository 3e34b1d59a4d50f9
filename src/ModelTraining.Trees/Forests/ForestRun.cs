namespace ModelTraining;

/// <summary>One training of a forest: trees that know nothing of each other, grown side by side.</summary>
internal sealed class ForestRun : IDisposable
{
    private readonly string _name;
    private readonly TrainingData _data;
    private readonly ForestOptions _options;
    private readonly bool _randomBounds;
    private readonly TrainingContext _context;
    private readonly WorkerTeam _team;

    public ForestRun(string name, TrainingData data, ForestOptions options, bool randomBounds, TrainingContext context)
    {
        DataCheck.Throw(data);
        (_name, _data, _options, _randomBounds, _context) = (name, data, options, randomBounds, context);
        _team = new WorkerTeam(context.Threads);
    }

    public void Dispose() => _team.Dispose();

    public TrainedModel Train(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var part = new RowPart(_data, _data.TrainingRows);
        var matrix = BinMatrix.Shared(_data, part, _options.MaxBins, _context.Random.Fork("bins"), _team, cancellationToken);
        if (matrix.Columns.Length == 0) _context.Warn("Every feature has the same value in all training rows: the model will predict the same for all.");
        var outputs = ForestOutput.Of(_data, part, _team);
        using var values = new PinnedColumns(part);
        var growers = new ForestGrower[Math.Min(_team.Threads, _options.Trees * outputs.Length)];
        for (var i = 0; i < growers.Length; i++) growers[i] = new ForestGrower(matrix, values, part, _options, _randomBounds, _context.Random);
        var score = new ForestScore(part, outputs);
        var curve = new LearningCurve(_context, score.Metric, _options.Trees);
        var trees = new List<DecisionTree>();
        var status = RunStatus.Completed;
        var grown = new ForestTree[growers.Length];
        var all = _options.Trees * outputs.Length;
        for (var first = 0; first < all; first += growers.Length)
        {
            var (start, count) = (first, Math.Min(growers.Length, all - first));
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                _team.Run(count, i => grown[i] = growers[i].Grow(outputs[(start + i) % outputs.Length], (start + i) / outputs.Length, cancellationToken));
            }
            catch (OperationCanceledException) when (trees.Count >= outputs.Length)
            {
                status = RunStatus.Cancelled;
                break;
            }

            // In the order of the trees, whoever grew them.
            for (var i = 0; i < count; i++)
            {
                trees.Add(grown[i].Tree);
                score.Add(grown[i]);
                if (trees.Count % outputs.Length == 0) curve.Add(score.Evaluate(), null);
            }
        }

        curve.End();
        trees.RemoveRange(curve.Rounds * outputs.Length, trees.Count - (curve.Rounds * outputs.Length));
        return Model(trees, outputs, status, curve);
    }

    private TreeEnsembleModel Model(List<DecisionTree> trees, ForestOutput[] outputs, RunStatus status, LearningCurve curve)
    {
        var features = _data.Features.Features;
        foreach (var tree in trees)
        {
            foreach (ref var leaf in tree.Leaves.AsSpan()) leaf /= curve.Rounds;
        }

        return new TreeEnsembleModel(trees, [.. outputs.Select(output => output.Base)], features)
        {
            Trainer = _name,
            Features = features,
            Task = _data.Target.Task,
            Classes = _data.Target.Classes,
            Status = status,
            History = curve.History(curve.Rounds),
            Importances = SplitImportances.Of(trees, features),
            SumsAreShares = true,
        };
    }
}
