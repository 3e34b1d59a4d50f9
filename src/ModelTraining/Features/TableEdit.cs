namespace ModelTraining;

/// <summary>Collects changes to the columns of a table, to make them all at once: a table is made anew once, not once a column. Not thread-safe.</summary>
internal sealed class TableEdit(Table table)
{
    private readonly Dictionary<string, IReadOnlyList<Column>> _replaced = new(StringComparer.Ordinal);
    private readonly List<Column> _added = [];

    /// <summary>Puts <paramref name="columns"/> in the place of the column called <paramref name="name"/>, whose role and format they take. None removes it.</summary>
    public void Replace(string name, params IReadOnlyList<Column> columns) => _replaced[name] = table.Spill is null ? columns : [.. columns.Select(table.Kept)];

    /// <summary>Adds a feature at the end.</summary>
    public void Add(Column column) => _added.Add(table.Kept(column));

    /// <summary>The changed table; rows keep their origin.</summary>
    /// <exception cref="ModelTrainingException">MT2002: two columns have the same name.</exception>
    public Table Build()
    {
        if (_replaced.Count == 0 && _added.Count == 0) return table;
        var columns = new List<Column>(table.Columns.Count + _added.Count);
        var schema = new List<ColumnInfo>(columns.Capacity);
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var info = table.Schema[i];
            if (!_replaced.TryGetValue(info.Name, out var replacements))
            {
                columns.Add(table.Columns[i]);
                schema.Add(info);
                continue;
            }

            foreach (var column in replacements)
            {
                columns.Add(column);
                schema.Add(info with { Name = column.Name, Type = column.Type });
            }
        }

        foreach (var column in _added)
        {
            columns.Add(column);
            schema.Add(new ColumnInfo(column.Name, column.Type));
        }

        return table.WithColumns(columns, new Schema(schema));
    }
}
