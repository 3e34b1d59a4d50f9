using System.Diagnostics.CodeAnalysis;

namespace ModelTraining;

/// <summary>Reads the properties of objects, in one pass.</summary>
internal sealed class RecordSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(IEnumerable<T> records, ColumnRoles roles) : IDataSource
{
    public string Description => RecordRows<T>.Description;

    public ValueTask<Table> ReadAsync(SourceContext context, CancellationToken cancellationToken)
    {
        var rows = new RecordRows<T>(roles, context, records.TryGetNonEnumeratedCount(out var count) ? count : 0);
        foreach (var record in records) rows.Take(record, cancellationToken);
        return new(rows.Build());
    }
}
