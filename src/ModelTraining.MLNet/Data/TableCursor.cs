using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelTraining;

/// <summary>Goes through the rows of a <see cref="TableDataView"/>.</summary>
internal sealed class TableCursor(Table table, DataViewSchema schema, IReadOnlyCollection<string> active, int[]? order) : RowCursor(schema, table.RowCount, active, order, CancellationToken.None)
{
    private int Row => Place(Step);

    protected override Delegate Getter(DataViewSchema.Column column) => (table[column.Name], column.Type) switch
    {
        (NumberColumn numbers, _) => (ValueGetter<float>)((ref float value) => value = numbers.Values[Row]),
        (IntegerColumn integers, NumberDataViewType { RawType: var raw }) when raw == typeof(double) =>
            (ValueGetter<double>)((ref double value) => value = integers.Values[Row] is var integer && integer == IntegerColumn.Missing ? double.NaN : integer),
        (IntegerColumn integers, _) => (ValueGetter<long>)((ref long value) => value = integers.Values[Row]),
        (BooleanColumn truths, BooleanDataViewType) => (ValueGetter<bool>)((ref bool value) => value = truths.Values[Row] != 0),
        (BooleanColumn truths, _) => (ValueGetter<float>)((ref float value) => value = truths.Values[Row] is var truth && truth == BooleanColumn.Missing ? float.NaN : truth),
        // A key's value 0 is a missing one, as the code −1 is.
        (TextColumn texts, KeyDataViewType) => (ValueGetter<uint>)((ref uint value) => value = (uint)(texts.Codes[Row] + 1)),
        (TextColumn texts, _) => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = texts.Text(Row).AsMemory()),
        (DateTimeColumn dates, _) => (ValueGetter<DateTime>)((ref DateTime value) => value = dates.Values[Row]),
        (TensorColumn tensors, _) => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            var row = tensors.Row(Row);
            var editor = VBufferEditor.Create(ref value, row.Length);
            row.CopyTo(editor.Values);
            value = editor.Commit();
        }),
        _ => throw new ArgumentException($"There is no column '{column.Name}'.", nameof(column)),
    };
}
