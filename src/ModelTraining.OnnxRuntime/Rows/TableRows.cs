using System.Text;

namespace ModelTraining;

/// <summary>The rows of a table. What is parsed is parsed once a category, not once a row, and before the first batch.</summary>
internal sealed class TableRows : RowSource
{
    private readonly Action<BoundBatch, int>[] _fillers;

    /// <exception cref="ModelTrainingException">MT2501: an input is missing. MT2502: a column is not known. MT2503: a value does not fit.</exception>
    public TableRows(Table table, InputColumns columns)
    {
        Count = table.RowCount;
        columns.CheckKnown(table.Schema.Select(column => column.Name));
        table = columns.Functions.Complete(table, columns.All.Select(input => input.Name), RowTarget.At);
        _fillers = [.. columns.All.Select(input => table.Schema.Contains(input.Name)
            ? Filler(input, table[input.Name])
            : throw InputColumns.Missing(input, table.Schema.Select(column => column.Name)))];
    }

    public override int Count { get; }

    public override bool IsThreadSafe => true;

    public override void Fill(BoundBatch batch, int start)
    {
        foreach (var filler in _fillers) filler(batch, start);
    }

    private static Action<BoundBatch, int> Filler(InputColumn input, Column column) => (input.Type, column) switch
    {
        (ColumnType.Number or ColumnType.Integer, NumberColumn numbers) => (batch, start) => numbers.Values.Slice(start, batch.Rows).CopyTo(batch.Numbers(input.Index)),
        (ColumnType.Text, TextColumn text) => TextFiller(input, text),
        (ColumnType.Tensor, TensorColumn tensors) => (batch, start) => Each(input, batch, start, tensors, static (column, row) => column.RowMemory(row), static (input, target, value) => input.Set(target, value)),
        (ColumnType.Tensor, TextColumn) => throw new ModelTrainingException("MT2503", $"Column '{input.Name}' takes tensors, not text. Give each row its elements, for example as float[]."),
        (ColumnType.DateTime, TextColumn text) => ByCategory(input, text, DateTimeColumn.MissingUnixSeconds, input.ParseDate, batch => batch.Seconds(input.Index)),
        (_, TextColumn text) => ByCategory(input, text, float.NaN, input.ParseNumber, batch => batch.Numbers(input.Index)),
        (ColumnType.Number or ColumnType.Integer, IntegerColumn integers) => (batch, start) => Each(input, batch, start, integers, static (column, row) => column.Values[row], static (input, target, value) => input.Set(target, value)),
        (ColumnType.DateTime, DateTimeColumn dates) => (batch, start) => Each(input, batch, start, dates, static (column, row) => column.Values[row], static (input, target, value) => input.Set(target, value)),
        _ => (batch, start) => Each(input, batch, start, column, static (column, row) => column[row], static (input, target, value) => input.Set(target, value)),
    };

    private delegate T Parser<out T>(RowTarget target, string text);

    private delegate Span<T> Destination<T>(BoundBatch batch);

    private delegate void Setter<in T>(InputColumn input, RowTarget target, T value);

    private static void Each<TColumn, T>(InputColumn input, BoundBatch batch, int start, TColumn column, Func<TColumn, int, T> get, Setter<T> set)
    {
        for (var i = 0; i < batch.Rows; i++) set(input, new RowTarget(batch, i, start + i), get(column, start + i));
    }

    private static Action<BoundBatch, int> ByCategory<T>(InputColumn input, TextColumn column, T missing, Parser<T> parse, Destination<T> destination)
    {
        var categories = column.Categories;
        var codes = column.Codes;
        var parsed = new T[categories.Length];
        var done = new bool[categories.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            var code = codes[row];
            if (code == TextColumn.MissingCode || done[code]) continue;
            parsed[code] = input.IsMissing(categories[code]) ? missing : parse(new RowTarget(null!, row, row), categories[code]);
            done[code] = true;
        }

        return (batch, start) =>
        {
            var values = destination(batch);
            var codes = column.Codes.Slice(start, batch.Rows);
            for (var i = 0; i < codes.Length; i++) values[i] = codes[i] == TextColumn.MissingCode ? missing : parsed[codes[i]];
        };
    }

    private static Action<BoundBatch, int> TextFiller(InputColumn input, TextColumn column)
    {
        var texts = new byte[column.Categories.Length][];
        for (var code = 0; code < texts.Length; code++)
        {
            var category = column.Categories[code];
            texts[code] = input.IsMissing(category) ? [] : Encoding.UTF8.GetBytes(category.Trim());
        }

        return (batch, start) =>
        {
            var codes = column.Codes.Slice(start, batch.Rows);
            for (var i = 0; i < codes.Length; i++) batch.SetText(input.Index, i, codes[i] == TextColumn.MissingCode ? [] : texts[codes[i]]);
        };
    }
}
