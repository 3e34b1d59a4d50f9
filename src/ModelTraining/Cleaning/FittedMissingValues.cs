using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What <see cref="MissingValueRepair"/> learned.</summary>
/// <param name="indicators">The columns that get a column of 0 and 1 beside them, and its name.</param>
/// <param name="dropped">The columns whose missing values take a row out of training.</param>
/// <param name="imputation">What is filled in.</param>
internal sealed class FittedMissingValues(IReadOnlyList<(string Column, string Indicator)> indicators, IReadOnlyList<string> dropped, FittedImputation imputation) : IRowFilter
{
    public string Description => imputation.Fills.Count > 0 ? imputation.Description : "Missing values: left as they are.";

    public ReadOnlyMemory<int> Keep(TableView training)
    {
        var gone = new bool[training.RowCount];
        foreach (var name in dropped)
        {
            var column = training.Column(name);
            for (var row = 0; row < gone.Length; row++) gone[row] |= column.IsMissing(row);
        }

        return KeptRows.Of(training, gone);
    }

    public Table Apply(Table table)
    {
        var edit = new TableEdit(table);
        foreach (var (name, indicator) in indicators)
        {
            var column = table[name];
            var values = new float[column.Count];
            for (var row = 0; row < values.Length; row++) values[row] = column.IsMissing(row) || (column as TextColumn)?.Text(row) is "" ? 1 : 0;
            edit.Add(new NumberColumn(indicator, values));
        }

        return imputation.Apply(edit.Build());
    }

    public void Emit(GraphColumns columns)
    {
        foreach (var (name, indicator) in indicators)
        {
            var value = columns[name];
            var missing = value.Type switch
            {
                ElementType.String => FittedImputation.IsEmpty(value),
                ElementType.Int64 => value.Equal(DateTimeColumn.MissingUnixSeconds),
                _ => value.IsNaN(),
            };
            columns[indicator] = missing.Cast(ElementType.Float);
        }

        imputation.Emit(columns);
    }
}
