namespace ModelTraining;

/// <summary>Rows with a schema, stored by column. Immutable: every change is a new table that shares the columns it did not touch.</summary>
public sealed class Table
{
    private readonly Column[] _columns;
    private readonly ReadOnlyMemory<int>? _origins;

    /// <param name="columns">The columns, all of the same length.</param>
    /// <param name="roles">The role of each column by name; a column that is not named is a <see cref="ColumnRole.Feature"/>.</param>
    /// <exception cref="ModelTrainingException">MT2002: two columns have the same name. MT2001: a role names no column.</exception>
    public Table(IEnumerable<Column> columns, IReadOnlyDictionary<string, ColumnRole>? roles = null)
    {
        _columns = [.. columns];
        RowCount = _columns.Length == 0 ? 0 : _columns[0].Count;
        foreach (var column in _columns)
        {
            if (column.Count != RowCount) throw new ArgumentException($"Column '{column.Name}' has {column.Count} rows, column '{_columns[0].Name}' has {RowCount}.", nameof(columns));
        }

        Schema = new Schema(_columns.Select(column => new ColumnInfo(column.Name, column.Type, roles?.GetValueOrDefault(column.Name) ?? ColumnRole.Feature)));
        if (roles is not null) foreach (var name in roles.Keys) Schema.IndexOf(name);
    }

    /// <param name="columns">The columns, all of the same length.</param>
    /// <param name="schema">The names, types and roles of <paramref name="columns"/>, in the same order.</param>
    public Table(IEnumerable<Column> columns, Schema schema) : this([.. columns], schema, null, null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (schema.Count != _columns.Length) throw new ArgumentException($"{_columns.Length} columns, a schema of {schema.Count}.", nameof(schema));
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_columns[i].Name != schema[i].Name || _columns[i].Type != schema[i].Type) throw new ArgumentException($"Column {_columns[i]} does not fit its schema {schema[i]}.", nameof(schema));
            if (_columns[i].Count != RowCount) throw new ArgumentException($"Column '{_columns[i].Name}' has {_columns[i].Count} rows, column '{_columns[0].Name}' has {RowCount}.", nameof(columns));
        }
    }

    private Table(Column[] columns, Schema schema, ReadOnlyMemory<int>? origins, SpillStore? spill)
    {
        if (spill is { IsOn: true }) for (var i = 0; i < columns.Length; i++) columns[i] = columns[i].KeptIn(spill);
        (_columns, Schema, _origins, Spill) = (columns, schema, origins, spill);
        RowCount = columns.Length > 0 ? columns[0].Count : origins?.Length ?? 0;
    }

    /// <summary>The columns' names, types and roles.</summary>
    public Schema Schema { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Where a row stood in the table that this one was taken from, through all <see cref="Take"/>s back to the source.</summary>
    public int Origin(int row) => _origins is { } origins ? origins.Span[row] : row;

    /// <summary>The columns in their order.</summary>
    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>The column called <paramref name="name"/>.</summary>
    /// <exception cref="ModelTrainingException">MT2001: there is none; the message has the nearest names.</exception>
    public Column this[string name] => _columns[Schema.IndexOf(name)];

    /// <summary>The columns that have <paramref name="role"/>, in their order.</summary>
    public IEnumerable<Column> WithRole(ColumnRole role) => Schema.WithRole(role).Select(info => this[info.Name]);

    /// <summary>The label's column, null when there is none.</summary>
    public Column? Label => Schema.Label is { } label ? this[label.Name] : null;

    /// <summary>
    /// The table with <paramref name="column"/> in the place of the column of the same name, whose role it takes; or at the end, with
    /// <paramref name="role"/>, when there is none.
    /// </summary>
    public Table With(Column column, ColumnRole role = ColumnRole.Feature)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (_columns.Length > 0 && column.Count != RowCount) throw new ArgumentException($"Column '{column.Name}' has {column.Count} rows, the table has {RowCount}.", nameof(column));
        if (!Schema.TryGet(column.Name, out var old))
        {
            return new Table([.. _columns, column], new Schema([.. Schema, new ColumnInfo(column.Name, column.Type, role)]), _origins, Spill);
        }

        var columns = (Column[])_columns.Clone();
        columns[Schema.IndexOf(column.Name)] = column;
        return new Table(columns, new Schema(Schema.Select(info => ReferenceEquals(info, old) ? info with { Type = column.Type } : info)), _origins, Spill);
    }

    /// <summary>The table without the columns called <paramref name="names"/>.</summary>
    /// <exception cref="ModelTrainingException">MT2001: there is no such column.</exception>
    public Table Without(params ReadOnlySpan<string> names)
    {
        var gone = new HashSet<int>();
        foreach (var name in names) gone.Add(Schema.IndexOf(name));
        return new Table([.. _columns.Where((_, i) => !gone.Contains(i))], new Schema(Schema.Where((_, i) => !gone.Contains(i))), _origins, Spill);
    }

    /// <summary>The table with another role for the column called <paramref name="name"/>.</summary>
    /// <exception cref="ModelTrainingException">MT2001: there is no such column.</exception>
    public Table WithRole(string name, ColumnRole role) => Described(name, info => info with { Role = role });

    /// <summary>The table with another text format stated for the column called <paramref name="name"/>.</summary>
    /// <exception cref="ModelTrainingException">MT2001: there is no such column.</exception>
    public Table WithFormat(string name, TextFormat format) => Described(name, info => info with { Format = format });

    /// <summary>A table of <paramref name="rows"/>, in that order. Copies the values; <see cref="View"/> does not.</summary>
    public Table Take(ReadOnlySpan<int> rows)
    {
        var columns = new Column[_columns.Length];
        for (var i = 0; i < columns.Length; i++) columns[i] = Kept(_columns[i].Take(rows));
        var origins = new int[rows.Length];
        for (var i = 0; i < origins.Length; i++) origins[i] = Origin(rows[i]);
        return new Table(columns, Schema, origins, Spill);
    }

    /// <summary>A view of <paramref name="rows"/>, in that order. Copies nothing.</summary>
    public TableView View(ReadOnlyMemory<int> rows) => new(this, rows);

    /// <summary>Other columns over the same rows, which keep their <see cref="Origin"/>.</summary>
    internal Table WithColumns(IReadOnlyList<Column> columns, Schema schema) => new([.. columns], schema, _origins, Spill);

    /// <summary>Where columns are kept that are too large for memory; null where the run has no such place.</summary>
    internal SpillStore? Spill { get; }

    /// <summary>The same table, and those that are made of it, with their columns where <paramref name="store"/> keeps them.</summary>
    internal Table KeptIn(SpillStore store) => ReferenceEquals(store, Spill) ? this : new Table([.. _columns], Schema, _origins, store);

    /// <summary>A column that is to come into this table, so that several of them are not in memory at once.</summary>
    internal Column Kept(Column column) => Spill is { IsOn: true } ? column.KeptIn(Spill) : column;

    private Table Described(string name, Func<ColumnInfo, ColumnInfo> change)
    {
        var position = Schema.IndexOf(name);
        return new Table([.. _columns], new Schema(Schema.Select((info, i) => i == position ? change(info) : info)), _origins, Spill);
    }
}
