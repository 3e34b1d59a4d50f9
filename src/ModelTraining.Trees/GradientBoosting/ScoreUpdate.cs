namespace ModelTraining;

/// <summary>Adds trees to the scores of rows that no leaf of a growing tree holds: validation rows, training rows that were not drawn, and all where dropout takes trees out and puts them back.</summary>
internal sealed class ScoreUpdate(Objective objective, WorkerTeam team)
{
    private const int TaskRows = 16 * ScoredTree.BlockRows;

    /// <summary>Adds trees to scores.</summary>
    /// <param name="trees">The trees.</param>
    /// <param name="rows">The rows; null for all.</param>
    /// <param name="factor">What the trees' values are multiplied by.</param>
    public void Add(IReadOnlyList<DecisionTree> trees, ReadOnlyMemory<int>? rows, float factor = 1)
    {
        var part = objective.Part;
        var count = rows?.Length ?? part.Rows;
        var outputs = trees.Select(tree => tree.Output).Distinct().ToArray();
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
                foreach (var output in outputs)
                {
                    var scores = objective.Scores(output);
                    for (var i = 0; i < block.Length; i++) scores[rows is { } some ? some.Span[first + i] : first + i] += factor * sums[(output * ScoredTree.BlockRows) + i];
                }
            }
        });
    }
}
