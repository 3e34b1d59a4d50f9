namespace ModelTraining;

/// <summary>How a step of training is made.</summary>
public readonly record struct StepSettings()
{
    /// <summary>The learning rate of this step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The weight decay. Default 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>What this batch's gradients are multiplied by before they are gathered: its share of the rows of the update. Default 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Whether the weights are updated after this batch, and not only gradients gathered. Default true.</summary>
    public bool Update { get; init; } = true;

    /// <summary>Gradients are scaled down so that their norm is no larger; 0, the default, when they are left as they are.</summary>
    public double MaxGradNorm { get; init; }

    /// <summary>What dropout is drawn from: the same number, the same units. Default 0.</summary>
    public ulong NoiseSeed { get; init; }

    /// <summary>How far the running average moves towards the new weights, in [0, 1]; 0, the default, when it stays.</summary>
    public double AverageShare { get; init; }
}
