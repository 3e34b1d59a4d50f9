namespace ModelTraining;

/// <summary>
/// How the learning rate changes while a network trains. A schedule keeps nothing: what it says follows from where the training is, so that a resumed
/// training goes on as if it had never stopped. Derive from it for one of your own. Safe to use from many threads.
/// </summary>
public abstract record LearningRateSchedule
{
    /// <summary>What the learning rate is multiplied by for a step.</summary>
    public abstract double Factor(TrainingMoment moment);

    /// <summary>What is wrong with its options; empty when nothing is.</summary>
    public virtual IEnumerable<Problem> Validate() => [];
}
