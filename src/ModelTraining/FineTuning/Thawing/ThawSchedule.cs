namespace ModelTraining;

/// <summary>
/// When weights of a network that is fine-tuned begin to be trained: the new head learns alone at first, so that its random weights do not spoil those that know
/// something. Until it is thawed, a weight has no gradient and the optimizer keeps nothing for it; then what it keeps begins at zero. <see cref="GradualThaw"/> or
/// <see cref="PatternThaw"/>.
/// </summary>
public abstract record ThawSchedule
{
    private protected ThawSchedule()
    {
    }

    /// <summary>How many epochs a weight of the trunk waits; null where it stays frozen.</summary>
    /// <param name="weight">Its name.</param>
    /// <param name="layersAfter">The trunk's layers after it.</param>
    /// <param name="layers">All of the trunk's layers.</param>
    internal abstract int? AfterEpochs(string weight, int layersAfter, int layers);

    /// <param name="entry">The verb.</param>
    /// <param name="epochs">The epochs of the training.</param>
    internal abstract IEnumerable<Problem> Validate(string entry, int epochs);

    /// <summary>What does not fit the weights of a trunk.</summary>
    internal virtual IEnumerable<Problem> Check(string network, IReadOnlyList<string> weights) => [];
}
