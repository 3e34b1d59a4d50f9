using Microsoft.ML;

namespace ModelTraining.Tests;

/// <summary>Counts how often the rows of a view are read.</summary>
internal sealed class CountedView(IDataView inner) : IDataView
{
    public int Reads { get; private set; }

    public DataViewSchema Schema => inner.Schema;

    public bool CanShuffle => inner.CanShuffle;

    public long? GetRowCount() => inner.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        Reads++;
        return inner.GetRowCursor(columnsNeeded, rand);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        Reads++;
        return inner.GetRowCursorSet(columnsNeeded, n, rand);
    }
}
