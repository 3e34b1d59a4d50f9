namespace ModelTraining;

/// <summary>Adds new trees to the scores of rows that no leaf of a growing tree holds: validation rows, and training rows that were not drawn.</summary>
internal sealed class ScoreUpdate(Objective objective, WorkerTeam team)
{
    private const int TaskRows = 16 * ScoredTree.BlockRows;

    /// <summary>Adds trees to scores.</summary>
    /// <param name="trees">The trees.</param>
    /// <param name="rows">The rows; null for all.</param>
    public void Add(IReadOnlyList<DecisionTree> trees, ReadOnlyMemory<int>? rows)
    {
        var part = objective.Part;
        var count = rows?.Length ?? part.Rows;
        var scorer = new EnsembleScorer(trees, part.Features.Features);
        team.Run((count + TaskRows - 1) / TaskRows, task =>
        {
            var sums = new float[objective.Outputs * ScoredTree.BlockRows];
            Span<int> tableRows = stackalloc int[ScoredTree.BlockRows];
            for (var first = task * TaskRows; first < Math.Min(count, (task + 1) * TaskRows); first += ScoredTree.BlockRows)
            {
                var block = tableRows[..Math.Min(ScoredTree.BlockRows, count - first)];
                for (var i = 0; i < block.Length; i++) block[i] = part.TableRows.Span[rows is { } some ? some.Span[first + i] : first + i];
                Array.Clear(sums);
                scorer.AddBlock(part.Features, block, sums);
                foreach (var output in trees.Select(tree => tree.Output))
                {
                    var scores = objective.Scores(output);
                    for (var i = 0; i < block.Length; i++) scores[rows is { } some ? some.Span[first + i] : first + i] += sums[(output * ScoredTree.BlockRows) + i];
                }
            }
        });
    }
}
