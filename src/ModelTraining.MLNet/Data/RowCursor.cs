using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelTraining;

/// <summary>Goes through rows that are in memory, in their order or another.</summary>
/// <param name="schema">The columns.</param>
/// <param name="count">The number of rows.</param>
/// <param name="active">The names of the columns that are asked for.</param>
/// <param name="order">The rows' positions in the order wanted; null for their own.</param>
/// <param name="cancellationToken">Ends the reading.</param>
internal abstract class RowCursor(DataViewSchema schema, int count, IReadOnlyCollection<string> active, int[]? order, CancellationToken cancellationToken) : DataViewRowCursor
{
    private const int RowsBetweenChecks = 1024;

    private int _position = -1;

    public override DataViewSchema Schema => schema;

    public override long Position => _position;

    public override long Batch => 0;

    /// <summary>The current row's position in the order that is read.</summary>
    protected int Step => _position;

    public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Name);

    public override bool MoveNext()
    {
        if (_position >= count) return false;
        _position++;
        if (_position % RowsBetweenChecks == 0) cancellationToken.ThrowIfCancellationRequested();
        return _position < count;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)Place(_position), 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        Getter(column) as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type}, not {typeof(TValue).Name}.");

    /// <summary>Where the row of a step stands among the rows.</summary>
    protected int Place(int step) => order is null ? step : order[step];

    /// <summary>What reads a column's value of the current row: a <see cref="ValueGetter{TValue}"/> of its type.</summary>
    protected abstract Delegate Getter(DataViewSchema.Column column);

    /// <summary>Rows in random order, as ML.NET's cache of rows has them for the same state of <paramref name="random"/>.</summary>
    internal static int[] Permutation(Random random, int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        for (var i = 0; i < count; i++)
        {
            var other = i + random.Next(count - i);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }
}
