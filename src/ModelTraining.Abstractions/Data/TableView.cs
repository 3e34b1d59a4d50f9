using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>
/// Some rows of a <see cref="Table"/>, and no way to the others: what a transform learns from. A column is copied out when it is asked for, so
/// that a view of a large table costs one column at a time. Safe to read from many threads.
/// </summary>
public sealed class TableView
{
    private readonly Table _table;
    private readonly ReadOnlyMemory<int> _rows;

    internal TableView(Table table, ReadOnlyMemory<int> rows) => (_table, _rows) = (table, rows);

    /// <summary>The columns' names, types and roles.</summary>
    public Schema Schema => _table.Schema;

    /// <summary>The number of rows of the view.</summary>
    public int RowCount => _rows.Length;

    /// <summary>The rows' positions in the table behind the view.</summary>
    public ReadOnlySpan<int> Rows => _rows.Span;

    /// <summary>Where a row of the view stood in the source.</summary>
    /// <param name="row">The row's position in the view.</param>
    public int Origin(int row) => _table.Origin(Rows[row]);

    /// <summary>A copy of the view's rows of the column called <paramref name="name"/>.</summary>
    /// <exception cref="ModelTrainingException">MT2001: there is none; the message has the nearest names.</exception>
    public Column Column(string name) => _table[name].Take(_rows.Span);

    /// <summary>A copy of the view's rows of the column called <paramref name="name"/> as numbers, NaN where missing.</summary>
    /// <exception cref="ModelTrainingException">MT2001: there is no such column. MT2003: it is not numeric.</exception>
    public float[] Numbers(string name)
    {
        var column = Column(name);
        if (column is NumberColumn copy && MemoryMarshal.TryGetArray(copy.Memory, out var own) && own.Array is { } values && values.Length == copy.Count) return values;
        var numbers = new float[column.Count];
        column.CopyTo(numbers);
        return numbers;
    }

    /// <summary>A copy of the view as a table of its own.</summary>
    public Table ToTable() => _table.Take(_rows.Span);
}
