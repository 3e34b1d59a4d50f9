using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What <see cref="Formulas"/> learned.</summary>
internal sealed class FittedFormulas(string what, IReadOnlyList<Formula> formulas) : IFittedTransform
{
    public string Description => $"{what} added: {string.Join(", ", formulas)}.";

    public Table Apply(Table table)
    {
        var edit = new TableEdit(table);
        var numbers = formulas.SelectMany(formula => formula.Inputs).Distinct().ToDictionary(column => column, column => Numbers(table[column]), StringComparer.Ordinal);
        foreach (var formula in formulas) edit.Add(new NumberColumn(formula.Name, Results(formula, [.. formula.Inputs.Select(column => numbers[column])], table.RowCount)));
        return edit.Build();
    }

    public void Emit(GraphColumns columns)
    {
        foreach (var formula in formulas)
        {
            var result = formula.Emit([.. formula.Inputs.Select(column => columns[column])]);
            columns[formula.Name] = formula.IsBounded ? result : result.IsInf().Where(float.NaN, result);
        }
    }

    private static float[] Numbers(Column column)
    {
        var values = new float[column.Count];
        column.CopyTo(values);
        return values;
    }

    private static float[] Results(Formula formula, float[][] columns, int rows)
    {
        var results = new float[rows];
        var inputs = new float[columns.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < inputs.Length; i++) inputs[i] = columns[i][row];
            var result = formula.Of(inputs);
            results[row] = float.IsInfinity(result) && !formula.IsBounded ? float.NaN : result;
        }

        return results;
    }
}
