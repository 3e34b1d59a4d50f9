namespace ModelTraining;

/// <summary>The trees that were grown so far, round after round, and the scores that they come to.</summary>
/// <param name="training">The scores of the training rows.</param>
/// <param name="validation">The scores of the validation rows; null where there are none.</param>
/// <param name="team">The threads.</param>
internal sealed class BoostedTrees(Objective training, Objective? validation, WorkerTeam team)
{
    private readonly ScoreUpdate _training = new(training, team);
    private readonly ScoreUpdate? _validation = validation is null ? null : new ScoreUpdate(validation, team);
    private readonly List<DecisionTree> _trees = [];

    public int Count => _trees.Count;

    /// <summary>The trees of the first rounds.</summary>
    public DecisionTree[] First(int rounds) => [.. _trees.Take(rounds * training.Outputs)];

    /// <summary>Adds to the scores what trees say that are there already, and stay as they are.</summary>
    public void GoOnFrom(IReadOnlyList<DecisionTree> earlier)
    {
        _training.Add(earlier, null);
        _validation?.Add(earlier, null);
    }

    /// <summary>Takes rounds out of the scores of the training rows, and their gradients with them.</summary>
    public void TakeOut(int[] rounds)
    {
        if (rounds.Length == 0) return;
        _training.Add(Of(rounds), null, -1);
        training.Evaluate();
    }

    /// <summary>Adds a new round, which the scores of the training rows have already.</summary>
    public void Add(DecisionTree[] grown)
    {
        _trees.AddRange(grown);
        _validation?.Add(grown, null);
    }

    /// <summary>Puts rounds that were taken out back into the scores, multiplied by a factor that stays with them.</summary>
    public void PutBack(int[] rounds, double factor)
    {
        if (rounds.Length == 0) return;
        var taken = Of(rounds);
        _training.Add(taken, null, (float)factor);
        _validation?.Add(taken, null, (float)factor - 1);
        foreach (var round in rounds)
        {
            for (var i = round * training.Outputs; i < (round + 1) * training.Outputs; i++) _trees[i] = _trees[i].Times((float)factor);
        }
    }

    private List<DecisionTree> Of(int[] rounds) => [.. rounds.SelectMany(round => _trees.GetRange(round * training.Outputs, training.Outputs))];
}
