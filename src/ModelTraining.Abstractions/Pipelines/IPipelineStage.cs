namespace ModelTraining;

/// <summary>
/// A step on the data before it is split. It may change, add and remove rows and columns, as long as nothing is learned from rows; what has to
/// learn is handed to <see cref="StageContext.Plan"/> and is fitted on the training part alone. Implementations are immutable and safe to use
/// from many threads.
/// </summary>
public interface IPipelineStage
{
    /// <summary>The name, for progress, logs and errors.</summary>
    string Name { get; }

    /// <summary>What is wrong with its options, all of it; empty when nothing is. Called before any work.</summary>
    IEnumerable<Problem> Validate();

    /// <summary>What does not fit the columns that it will meet, for example a name that is not there; empty when all fits. Called before the first stage works, and once more after a stage of one's own, which may add some.</summary>
    IEnumerable<Problem> Validate(Schema schema) => [];

    /// <summary>Does the step.</summary>
    /// <exception cref="ModelTrainingException">MT2xxx: the data does not allow it; the message has place and fix.</exception>
    ValueTask<Table> RunAsync(Table table, StageContext context, CancellationToken cancellationToken);
}
