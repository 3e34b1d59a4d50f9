namespace ModelTraining.Tests.Pipelines;

/// <summary>Counts how often its rows are read.</summary>
internal sealed class CountingSource(IDataSource source) : IDataSource
{
    public int Reads { get; private set; }

    public string Description => source.Description;

    public ValueTask<Table> ReadAsync(SourceContext context, CancellationToken cancellationToken)
    {
        Reads++;
        return source.ReadAsync(context, cancellationToken);
    }
}
