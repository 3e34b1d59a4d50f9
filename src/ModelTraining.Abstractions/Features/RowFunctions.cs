namespace ModelTraining;

/// <summary>The functions of a run, in their order, and the columns that they read. Immutable.</summary>
/// <param name="all">The functions.</param>
/// <param name="schema">The columns that there are without them.</param>
internal sealed class RowFunctions(IReadOnlyList<RowFunction> all, Schema schema)
{
    public static RowFunctions None { get; } = new([], new Schema([]));

    /// <summary>The columns that there are without them.</summary>
    public Schema Schema => schema;

    public IReadOnlyList<RowFunction> All => all;

    /// <summary>The position of the function of a name among the first ones; −1 where there is none.</summary>
    public int IndexOf(string name, int among)
    {
        for (var i = 0; i < among; i++) if (all[i].Name == name) return i;
        return -1;
    }

    /// <summary>A table with the columns of those functions whose names are asked for and that it lacks.</summary>
    /// <param name="table">Rows as they are given to the model.</param>
    /// <param name="names">The names that are asked for.</param>
    /// <param name="place">Where a row stands, for messages.</param>
    public Table Complete(Table table, IEnumerable<string> names, Func<int, string> place)
    {
        if (all.Count == 0) return table;
        int[]? rows = null;
        var completed = table;
        foreach (var name in names)
        {
            var function = IndexOf(name, all.Count);
            if (function < 0 || table.Schema.Contains(name)) continue;
            rows ??= [.. Enumerable.Range(0, table.RowCount)];
            completed = completed.With(new TableRow(table, this, place).Column(function, rows));
        }

        return completed;
    }

    /// <summary>What a function gives for a row.</summary>
    /// <exception cref="ModelTrainingException">MT2247: it failed.</exception>
    public object? Of(int function, RowValues row)
    {
        try
        {
            var value = all[function].Function(new FeatureRow(row, function));
            return value is double number ? Finite((float)number) : value;
        }
        catch (Exception exception) when (exception is not ModelTrainingException and not OperationCanceledException)
        {
            throw new ModelTrainingException("MT2247", $"The function of feature '{all[function].Name}' failed{row.Place}: {exception.Message} Let it give a value, or null or NaN where it has none.", exception);
        }
    }

    private static float Finite(float number) => float.IsFinite(number) ? number : float.NaN;
}
