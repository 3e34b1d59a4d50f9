namespace ModelTraining;

/// <summary>A step of a run as the runner sees it: each verb adds one.</summary>
internal interface IRunStep
{
    string Name { get; }

    /// <summary>What is wrong with its options. Called before any work.</summary>
    IEnumerable<Problem> Validate() => [];

    /// <summary>What does not fit the columns. Called once they are known: before the first stage works, and once more after each stage of someone else's, which may add some.</summary>
    IEnumerable<Problem> Validate(Schema schema) => [];

    /// <summary>As above, where functions of the caller compute columns besides.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="computed">The columns that functions add to them.</param>
    IEnumerable<Problem> Validate(Schema schema, IReadOnlyList<ColumnInfo> computed) => Validate(schema);

    /// <summary>What does not fit what is to be predicted. Called once that is known, before anything is fitted.</summary>
    IEnumerable<Problem> Validate(Target target) => [];

    /// <summary>What does not fit the parts that rows are divided into. Called once they are known, before anything is fitted.</summary>
    IEnumerable<Problem> Validate(Target target, DataSplit split) => [];

    /// <summary>What holds all rows in memory, such as a trainer, so that spilling them is of no use; null where there is none.</summary>
    string? HoldsInMemory => null;

    /// <summary>Whether it has a part in what the model is, and so is done in each fold of a cross-validation; false of what measures, explains or writes the model.</summary>
    bool FitsModel => true;

    ValueTask RunAsync(RunState state, CancellationToken cancellationToken);
}
