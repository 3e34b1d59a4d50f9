using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelTraining;

/// <summary>A table as ML.NET reads it. Values are read where they lie.</summary>
internal sealed class TableDataView : IDataView
{
    private readonly Table _table;

    public TableDataView(Table table, bool textAsKeys)
    {
        _table = table;
        var schema = new DataViewSchema.Builder();
        foreach (var column in table.Columns) Add(schema, column, textAsKeys);
        Schema = schema.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => true;

    public long? GetRowCount() => _table.RowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new TableCursor(_table, Schema, [.. columnsNeeded.Select(column => column.Name)], rand is null ? null : RowCursor.Permutation(rand, _table.RowCount));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private static void Add(DataViewSchema.Builder schema, Column column, bool textAsKeys)
    {
        switch (column)
        {
            case IntegerColumn or BooleanColumn when column.MissingCount > 0:
                schema.AddColumn(column.Name, column is IntegerColumn ? NumberDataViewType.Double : NumberDataViewType.Single);
                break;
            case IntegerColumn:
                schema.AddColumn(column.Name, NumberDataViewType.Int64);
                break;
            case BooleanColumn:
                schema.AddColumn(column.Name, BooleanDataViewType.Instance);
                break;
            case TextColumn text when textAsKeys && text.Categories.Length > 0:
                schema.AddColumn(column.Name, new KeyDataViewType(typeof(uint), text.Categories.Length), KeyValues(text));
                break;
            case TextColumn:
                schema.AddColumn(column.Name, TextDataViewType.Instance);
                break;
            case DateTimeColumn:
                schema.AddColumn(column.Name, DateTimeDataViewType.Instance);
                break;
            case TensorColumn tensor:
                schema.AddColumn(column.Name, new VectorDataViewType(NumberDataViewType.Single, tensor.Shape.IsEmpty ? [1] : tensor.Shape.ToArray()));
                break;
            default:
                schema.AddColumn(column.Name, NumberDataViewType.Single);
                break;
        }
    }

    private static DataViewSchema.Annotations KeyValues(TextColumn text)
    {
        var count = text.Categories.Length;
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add<VBuffer<ReadOnlyMemory<char>>>("KeyValues", new VectorDataViewType(TextDataViewType.Instance, count), (ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            var editor = VBufferEditor.Create(ref value, count);
            for (var i = 0; i < count; i++) editor.Values[i] = text.Categories[i].AsMemory();
            value = editor.Commit();
        });
        return annotations.ToAnnotations();
    }
}
