using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What <see cref="StandardScaling"/> learned: (x − shift) · factor.</summary>
internal sealed class FittedScaling(IReadOnlyList<FittedScaling.Scale> scales) : IFittedTransform
{
    public string Description => $"{scales.Count} columns scaled to mean 0 and deviation 1.";

    public Table Apply(Table table)
    {
        var edit = new TableEdit(table);
        foreach (var (column, shift, factor) in scales)
        {
            var values = new float[table.RowCount];
            table[column].CopyTo(values);
            for (var row = 0; row < values.Length; row++) values[row] = (values[row] - shift) * factor;
            edit.Replace(column, new NumberColumn(column, values));
        }

        return edit.Build();
    }

    public void Emit(GraphColumns columns)
    {
        foreach (var (column, shift, factor) in scales) columns[column] = (columns[column] - shift) * factor;
    }

    internal sealed record Scale(string Column, float Shift, float Factor);
}
