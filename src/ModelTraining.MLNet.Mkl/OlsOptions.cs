namespace ModelTraining;

/// <summary>Options of <c>MLNet.Ols</c>, named and preset as in ML.NET's <c>OlsTrainer.Options</c>.</summary>
public sealed record OlsOptions
{
    /// <summary>The weight of the squares of the coefficients in the loss. Default 1e-6, which is too little where features add up to one another, as the one-hot columns of a category do: 0.1 is enough there.</summary>
    public float L2Regularization { get; init; } = 1e-6f;
}
