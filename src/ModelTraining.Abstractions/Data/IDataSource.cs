namespace ModelTraining;

/// <summary>Where rows come from. A run reads its source once. Implementations need not be thread-safe: one run reads at a time.</summary>
public interface IDataSource
{
    /// <summary>What the source is, for messages and reports: a path, a type's name, a command. Never a secret.</summary>
    string Description { get; }

    /// <summary>Reads all rows.</summary>
    /// <param name="context">Takes progress, and repairs and warnings that the report will show.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ModelTrainingException">MT2xxx: the data is malformed; the message has place and fix. MT4xxx: the file can't be read.</exception>
    ValueTask<Table> ReadAsync(SourceContext context, CancellationToken cancellationToken);
}
