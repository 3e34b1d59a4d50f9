using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What <see cref="OneHot"/> learned.</summary>
internal sealed class FittedOneHot(IReadOnlyList<FittedOneHot.Encoding> encodings) : IFittedTransform
{
    /// <summary>The position of a row that has none of the categories.</summary>
    public const float None = -1;

    /// <summary>The columns of 0 and 1 of each text.</summary>
    public IEnumerable<IReadOnlyList<string>> Groups => encodings.Select(encoding => encoding.Outputs);

    public string Description => $"Text to one column a category: {string.Join(", ", encodings.Select(encoding => $"{encoding.Column} ({encoding.Outputs.Length})"))}.";

    public Table Apply(Table table)
    {
        var edit = new TableEdit(table);
        foreach (var (column, map, outputs, added) in encodings)
        {
            var positions = map.Apply((TextColumn)table[column]);
            var columns = new Column[outputs.Length];
            for (var i = 0; i < columns.Length; i++)
            {
                var values = new float[positions.Length];
                for (var row = 0; row < values.Length; row++) values[row] = positions[row] == i ? 1 : 0;
                columns[i] = new NumberColumn(outputs[i], values);
            }

            if (!added) edit.Replace(column, columns);
            else foreach (var indicator in columns) edit.Add(indicator);
        }

        return edit.Build();
    }

    public void Emit(GraphColumns columns)
    {
        foreach (var (column, map, outputs, added) in encodings)
        {
            var text = columns[column];
            if (!added) columns.Remove(column);
            if (outputs.Length == 0) continue;
            var positions = columns.Graph.Constant(Tensor.Of([.. Enumerable.Range(0, outputs.Length).Select(i => (float)i)], 1, outputs.Length));
            var all = map.Emit(text).Equal(positions).Cast(ElementType.Float);
            var parts = outputs.Length == 1 ? [all] : all.Split(1, [.. Enumerable.Repeat(1L, outputs.Length)]);
            for (var i = 0; i < outputs.Length; i++) columns[outputs[i]] = parts[i];
        }
    }

    /// <param name="Column">The text column.</param>
    /// <param name="Map">The position of each category among the outputs.</param>
    /// <param name="Outputs">The names of the columns of 0 and 1.</param>
    /// <param name="Added">Whether they are added to the text, in place of taking its place.</param>
    internal sealed record Encoding(string Column, CategoryMap Map, string[] Outputs, bool Added = false);
}
