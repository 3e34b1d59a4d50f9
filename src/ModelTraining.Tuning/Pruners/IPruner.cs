namespace ModelTraining;

/// <summary>Decides which trials are not worth going on with. Immutable: all that it knows is in the context, so that a study that was stopped goes on as if it had not been.</summary>
public interface IPruner
{
    /// <summary>The name, for messages and reports.</summary>
    string Name { get; }

    /// <summary>What is wrong with its options; empty when nothing is.</summary>
    IEnumerable<Problem> Validate();

    /// <summary>Whether the trial should be given up at its last reported step.</summary>
    bool ShouldPrune(PrunerContext context);
}
