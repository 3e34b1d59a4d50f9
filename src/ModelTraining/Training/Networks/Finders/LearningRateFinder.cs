namespace ModelTraining;

/// <summary>
/// Looks for the learning rate before the training (Smith, "Cyclical Learning Rates for Training Neural Networks", 2017): a sweep of updates on training batches, whose
/// rate rises exponentially until the loss diverges. Trained with is the rate at which the smoothed loss fell most steeply. Weights, optimizer and the order of the rows
/// are then as if nothing had been tried: the same bits as with that rate as 'LearningRate'. What was found is kept in checkpoints, on the model
/// (<see cref="NetworkModel.FoundLearningRate"/>) and in the report. It takes the time of twice 'Steps' updates.
/// </summary>
public sealed record LearningRateFinder
{
    internal const int LeastSteps = 20;

    /// <summary>The rate of the first update. Default 1e-7.</summary>
    public double MinLearningRate { get; init; } = 1e-7;

    /// <summary>The rate of the last update, which a sweep that diverges does not come to. Default 10.</summary>
    public double MaxLearningRate { get; init; } = 10;

    /// <summary>The updates of the whole sweep, at least 20. Default 100.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>How many times its least value the running mean of the losses may be, more than 1; the sweep ends above that. Default 4.</summary>
    public double StopFactor { get; init; } = 4;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"from {MinLearningRate} to {MaxLearningRate} in {Steps} updates, to {StopFactor} times the least loss");

    internal IEnumerable<Problem> Validate(string entry)
    {
        if (!(MinLearningRate > 0 && MinLearningRate < MaxLearningRate && double.IsFinite(MaxLearningRate)))
        {
            yield return new Problem("MT1770", FormattableString.Invariant($"The LearningRateFinder of {entry} must go from a 'MinLearningRate' greater than 0 to a larger 'MaxLearningRate'. Got {MinLearningRate} and {MaxLearningRate}."));
        }

        if (Steps < LeastSteps) yield return new Problem("MT1771", FormattableString.Invariant($"The 'Steps' of the LearningRateFinder of {entry} must be at least {LeastSteps}. Got {Steps}."));
        if (!(StopFactor > 1)) yield return new Problem("MT1772", FormattableString.Invariant($"The 'StopFactor' of the LearningRateFinder of {entry} must be greater than 1. Got {StopFactor}."));
    }
}
