using System.Buffers;

namespace ModelTraining;

/// <summary>The values of the training rows where the caller keeps them, held in place for loops over pointers.</summary>
internal sealed unsafe class PinnedColumns : IDisposable
{
    private readonly MemoryHandle[] _columns;
    private readonly MemoryHandle _rows;
    private readonly int _first;

    public PinnedColumns(RowPart part)
    {
        _columns = new MemoryHandle[part.Features.Count];
        for (var feature = 0; feature < _columns.Length; feature++) _columns[feature] = part.Features.Memory(feature).Pin();
        _rows = part.TableRows.Pin();
        var rows = part.TableRows.Span;
        (_first, IsRange) = (rows[0], true);
        for (var i = 1; i < rows.Length; i++) IsRange &= rows[i] == rows[i - 1] + 1;
    }

    /// <summary>Whether the rows stand one after another in the table.</summary>
    public bool IsRange { get; }

    /// <summary>The row of the table that each row is; null where they stand one after another.</summary>
    public int* TableRows => IsRange ? null : (int*)_rows.Pointer;

    /// <summary>The values of a feature by <see cref="TableRows"/>, or by row where that is null.</summary>
    public float* Values(int feature) => (float*)_columns[feature].Pointer + (IsRange ? _first : 0);

    public void Dispose()
    {
        foreach (var column in _columns) column.Dispose();
        _rows.Dispose();
    }
}
