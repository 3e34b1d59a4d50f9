using System.Diagnostics.CodeAnalysis;

namespace ModelTraining;

/// <summary>Reads the properties of objects, in one pass.</summary>
internal sealed class RecordSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(IEnumerable<T> records, ColumnRoles roles) : IRowReader
{
    public string Description => RecordRows<T>.Description;

    public ValueTask<Table> ReadAsync(SourceContext context, CancellationToken cancellationToken) => ReadAsync(context, new AllRows(), cancellationToken);

    public ValueTask<Table> ReadAsync(SourceContext context, RowSampler sampler, CancellationToken cancellationToken)
    {
        var rows = new RecordRows<T>(roles, context, sampler, records.TryGetNonEnumeratedCount(out var count) ? count : 0);
        foreach (var record in records)
        {
            rows.Take(record, cancellationToken);
            if (sampler.IsFull) break;
        }

        return new(rows.Build());
    }
}
