namespace ModelTraining;

/// <summary>Gives the values of a row that is a dictionary to the inputs of a model.</summary>
internal static class DictionaryRow
{
    /// <exception cref="ModelTrainingException">MT2501: an input is missing. MT2502: a name is not known. MT2503: a value does not fit.</exception>
    public static void Fill(InputColumns columns, IReadOnlyDictionary<string, object?> row, RowTarget target)
    {
        var given = 0;
        foreach (var column in columns.All)
        {
            if (row.TryGetValue(column.Name, out var value))
            {
                given++;
                column.Set(target, value);
            }
            else if (column.Function >= 0)
            {
                column.Set(target, columns.Functions.Of(column.Function, new Values(row, columns.Functions, target)));
            }
            else
            {
                throw Explain(columns, column, row);
            }
        }

        if (row.Count > given) columns.CheckKnown(row.Keys);
    }

    /// <summary>A misspelt name is the likelier cause of a missing one.</summary>
    private static ModelTrainingException Explain(InputColumns columns, InputColumn missing, IReadOnlyDictionary<string, object?> row)
    {
        columns.CheckKnown(row.Keys);
        return InputColumns.Missing(missing, row.Keys);
    }

    /// <summary>The row as a function sees it.</summary>
    private sealed class Values(IReadOnlyDictionary<string, object?> row, RowFunctions functions, RowTarget target) : RowValues(functions)
    {
        public override string Place => target.Place;

        protected override IEnumerable<string> Names => row.Keys;

        protected override bool TryGet(string column, out object? value) => row.TryGetValue(column, out value);
    }
}
