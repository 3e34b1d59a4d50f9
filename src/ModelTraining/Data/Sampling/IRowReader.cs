namespace ModelTraining;

/// <summary>A source that can leave rows out while it reads, so that they take no memory.</summary>
internal interface IRowReader : IDataSource
{
    /// <summary>Reads the rows that <paramref name="sampler"/> takes.</summary>
    ValueTask<Table> ReadAsync(SourceContext context, RowSampler sampler, CancellationToken cancellationToken);
}
