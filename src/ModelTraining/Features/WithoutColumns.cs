using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Takes columns away. Those that are not there are no matter: a row to be predicted need not have what is not used.</summary>
internal sealed class WithoutColumns(IReadOnlyList<string> columns, string why) : IFittedTransform
{
    public string Description => columns.Count == 0 ? "No column left out." : $"Columns left out ({why}): {string.Join(", ", columns)}.";

    public Table Apply(Table table)
    {
        var edit = new TableEdit(table);
        foreach (var column in columns) if (table.Schema.Contains(column)) edit.Replace(column);
        return edit.Build();
    }

    public void Emit(GraphColumns columnsOfGraph)
    {
        foreach (var column in columns) columnsOfGraph.Remove(column);
    }
}
