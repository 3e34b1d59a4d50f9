namespace ModelTraining;

/// <summary>A row of a table, which can be moved to another. Not thread-safe.</summary>
/// <param name="table">The table, with columns as they were given.</param>
/// <param name="functions">The functions that read it.</param>
/// <param name="place">Where a row stands, for messages.</param>
internal sealed class TableRow(Table table, RowFunctions functions, Func<int, string> place) : RowValues(functions)
{
    /// <summary>The row.</summary>
    public int Row { get; set; }

    public override string Place => place(Row);

    protected override IEnumerable<string> Names => table.Schema.Select(column => column.Name);

    protected override bool TryGet(string column, out object? value)
    {
        var there = table.Schema.Contains(column);
        value = there ? table[column][Row] : null;
        return there;
    }

    /// <summary>What a function gives for some rows.</summary>
    public Column Column(int function, ReadOnlySpan<int> rows)
    {
        var (name, type, _) = Functions.All[function];
        var numbers = new float[type == ColumnType.Text ? 0 : rows.Length];
        var texts = new TextColumnBuilder(type == ColumnType.Text ? rows.Length : 0);
        for (var i = 0; i < rows.Length; i++)
        {
            Row = rows[i];
            var value = Functions.Of(function, this);
            if (type == ColumnType.Text) texts.Append(value is string text && !TextFormat.IsMissing(text) ? text.Trim() : null);
            else numbers[i] = value is float number ? number : float.NaN;
        }

        return type == ColumnType.Text ? texts.Build(name) : new NumberColumn(name, numbers);
    }
}
