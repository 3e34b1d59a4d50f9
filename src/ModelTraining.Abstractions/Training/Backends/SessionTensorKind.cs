namespace ModelTraining;

/// <summary>What a tensor of a training session is for.</summary>
public enum SessionTensorKind
{
    /// <summary>A part of the model: a weight, or a running statistic.</summary>
    Weight,

    /// <summary>What the optimizer keeps from step to step.</summary>
    OptimizerState,

    /// <summary>The running average of a weight.</summary>
    Average,

    /// <summary>What a backend keeps for itself, for example a loss scale. The checkpoint of another need not have it.</summary>
    Backend,
}
