using System.Diagnostics.CodeAnalysis;

namespace ModelTraining;

/// <summary>Reads the properties of objects as they come, in one pass.</summary>
internal sealed class AsyncRecordSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(IAsyncEnumerable<T> records, ColumnRoles roles) : IRowReader
{
    public string Description => RecordRows<T>.Description;

    public ValueTask<Table> ReadAsync(SourceContext context, CancellationToken cancellationToken) => ReadAsync(context, new AllRows(), cancellationToken);

    public async ValueTask<Table> ReadAsync(SourceContext context, RowSampler sampler, CancellationToken cancellationToken)
    {
        var rows = new RecordRows<T>(roles, context, sampler, total: 0);
        await foreach (var record in records.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            rows.Take(record, cancellationToken);
            if (sampler.IsFull) break;
        }

        return rows.Build();
    }
}
