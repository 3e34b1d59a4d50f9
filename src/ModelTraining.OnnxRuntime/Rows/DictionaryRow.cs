namespace ModelTraining;

/// <summary>Gives the values of a row that is a dictionary to the inputs of a model.</summary>
internal static class DictionaryRow
{
    /// <exception cref="ModelTrainingException">MT2501: an input is missing. MT2502: a name is not known. MT2503: a value does not fit.</exception>
    public static void Fill(InputColumns columns, IReadOnlyDictionary<string, object?> row, RowTarget target)
    {
        foreach (var column in columns.All)
        {
            if (!row.TryGetValue(column.Name, out var value)) throw Explain(columns, column, row);
            column.Set(target, value);
        }

        if (row.Count > columns.All.Length) columns.CheckKnown(row.Keys);
    }

    /// <summary>A misspelt name is the likelier cause of a missing one.</summary>
    private static ModelTrainingException Explain(InputColumns columns, InputColumn missing, IReadOnlyDictionary<string, object?> row)
    {
        columns.CheckKnown(row.Keys);
        return InputColumns.Missing(missing, row.Keys);
    }
}
