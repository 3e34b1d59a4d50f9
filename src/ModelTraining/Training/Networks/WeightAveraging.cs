namespace ModelTraining;

/// <summary>A running average of the weights, which generalises better than the last ones: <see cref="ExponentialAveraging"/> or <see cref="StochasticAveraging"/>.</summary>
public abstract record WeightAveraging
{
    private protected WeightAveraging()
    {
    }

    /// <summary>How far the average moves towards the weights after an update.</summary>
    /// <param name="update">The number of the update, from 1.</param>
    /// <param name="updatesPerEpoch">The updates of an epoch.</param>
    /// <param name="epochs">The epochs of the whole training.</param>
    internal abstract double Share(long update, long updatesPerEpoch, int epochs);

    internal abstract IEnumerable<Problem> Validate();
}
