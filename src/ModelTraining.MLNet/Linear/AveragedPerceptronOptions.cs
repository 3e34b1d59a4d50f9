namespace ModelTraining;

/// <summary>Options of <see cref="MLNet.AveragedPerceptron"/>, named and preset as in ML.NET's <c>AveragedPerceptronTrainer.Options</c>.</summary>
public sealed record AveragedPerceptronOptions
{
    /// <summary>The number of passes over the rows. Default 10.</summary>
    public int NumberOfIterations { get; init; } = 10;

    /// <summary>The learning rate. Default 1.</summary>
    public float LearningRate { get; init; } = 1;

    /// <summary>Whether the learning rate falls with the passes. Default false.</summary>
    public bool DecreaseLearningRate { get; init; }

    /// <summary>The weight of the squares of the coefficients in the loss, in [0, 0.5). Default 0.</summary>
    public float L2Regularization { get; init; }

    /// <summary>Whether coefficients change only where a row is got wrong. Default true.</summary>
    public bool LazyUpdate { get; init; } = true;

    /// <summary>How much more later coefficients count in the average. Default 0.</summary>
    public float RecencyGain { get; init; }

    /// <summary>Whether <see cref="RecencyGain"/> multiplies instead of being added. Default false.</summary>
    public bool RecencyGainMultiplicative { get; init; }

    /// <summary>Whether the model is the average of the coefficients after each row, and not the last. Default true.</summary>
    public bool Averaged { get; init; } = true;

    /// <summary>The width of the range that coefficients are drawn from to begin with; 0, the default, begins with 0.</summary>
    public float InitialWeightsDiameter { get; init; }

    /// <summary>Whether the rows are in another order in each pass. Default true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>The seed of the order of the rows. Default null: drawn from the run's.</summary>
    public int? Seed { get; init; }
}
