namespace ModelTraining;

/// <summary>
/// Rows as a caller would give them to the exported model: from the source, before any repair, so that the whole way is taken. Where a stage of someone else's
/// changed rows in ways of its own, the rows that it left.
/// </summary>
internal static class RawRows
{
    /// <param name="state">The run.</param>
    /// <param name="inputs">The columns that the model takes.</param>
    /// <param name="rows">The rows, as positions in the run's table.</param>
    public static Table Of(RunState state, IEnumerable<string> inputs, int[] rows)
    {
        var needed = inputs.ToHashSet();
        var outside = state.StagesOutsideModel.Count > 0;
        var table = outside ? state.Table : state.Source;
        var positions = outside ? rows : Array.ConvertAll(rows, row => state.Table.Origin(row));
        var raw = table.Without([.. table.Schema.Select(column => column.Name).Where(name => !needed.Contains(name))]).Take(positions);
        foreach (var function in state.Functions.All) if (needed.Contains(function.Name)) raw = raw.With(state.Table[function.Name].Take(rows));
        return raw;
    }
}
