namespace ModelTraining;

/// <summary>
/// What <c>Balance</c> does to the training rows where classes are of unequal size: one of <see cref="ClassWeights"/> or <see cref="Resample"/>. Immutable and safe to use from many threads.
/// </summary>
public abstract class BalanceMethod
{
    private protected BalanceMethod()
    {
    }

    /// <summary>As it is called in code, for example Resample.Smote.</summary>
    internal abstract string Name { get; }

    internal abstract IReadOnlyList<OptionValue> Options { get; }

    /// <summary>Whether it compares rows with each other, which it holds in memory for that.</summary>
    internal virtual bool ComparesRows => false;

    /// <summary>The name, for messages.</summary>
    public sealed override string ToString() => Name;

    /// <summary>What is wrong with its options, all of it.</summary>
    internal abstract IEnumerable<Problem> Validate();

    /// <summary>What of its options does not fit the classes.</summary>
    internal virtual IEnumerable<Problem> Validate(Target target) => [];

    /// <summary>Changes what is trained on.</summary>
    /// <exception cref="ModelTrainingException">MT267x: it can't be done with these rows.</exception>
    internal abstract void Apply(BalancedRows rows, BalanceContext context);
}
