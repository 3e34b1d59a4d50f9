namespace ModelTraining;

/// <summary>Proposes what to try next. Immutable: all that it knows is in the context, so that a study that was stopped goes on as if it had not been.</summary>
public interface ISampler
{
    /// <summary>The name, for messages and reports.</summary>
    string Name { get; }

    /// <summary>What is wrong with its options, or does not fit the study; empty when nothing is.</summary>
    /// <param name="space">What is looked for.</param>
    /// <param name="objectives">The number of objectives.</param>
    IEnumerable<Problem> Validate(SearchSpace space, int objectives);

    /// <summary>Values for the parameters that the trial has, by name: a quantity as itself, a choice as its position. Null when there is nothing left to propose.</summary>
    IReadOnlyDictionary<string, double>? Propose(SamplerContext context);
}
