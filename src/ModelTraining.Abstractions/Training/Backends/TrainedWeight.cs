namespace ModelTraining;

/// <summary>A constant of a graph that is trained.</summary>
/// <param name="Name">Its name in the graph.</param>
public sealed record TrainedWeight(string Name)
{
    /// <summary>What the learning rate is multiplied by for it. Default 1.</summary>
    public double LearningRateFactor { get; init; } = 1;

    /// <summary>What the weight decay is multiplied by for it. Default 1.</summary>
    public double WeightDecayFactor { get; init; } = 1;

    /// <summary>
    /// The updates of the training before the first of this weight: one that is thawed late has a state that begins at zero then, and what an optimizer does about that
    /// (Adam's bias correction) counts from there. Default 0.
    /// </summary>
    public long UpdatesBefore { get; init; }
}
