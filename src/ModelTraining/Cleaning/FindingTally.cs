namespace ModelTraining;

/// <summary>Counts what a step does to one column and keeps a few different examples. Not thread-safe.</summary>
internal sealed class FindingTally(Table table)
{
    private const int MostExamples = 3;
    private readonly List<CleanExample> _examples = [];

    public int Count { get; private set; }

    /// <param name="row">The row in the table.</param>
    /// <param name="before">What was there.</param>
    /// <param name="after">What is there now; null when missing.</param>
    public void Add(int row, string before, string? after)
    {
        Count++;
        if (_examples.Count == MostExamples) return;
        var quoted = $"'{before}'";
        if (!_examples.Exists(example => example.Before == quoted)) _examples.Add(new CleanExample(table.Origin(row) + 1, quoted, after is null ? "missing" : $"'{after}'"));
    }

    public CleanFinding ToFinding(CleanStep step, string? column, string what) => new(step, column, Count, table.RowCount, what) { Examples = _examples };
}
