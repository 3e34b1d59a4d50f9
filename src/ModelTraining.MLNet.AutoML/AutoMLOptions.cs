namespace ModelTraining;

/// <summary>Options of <c>MLNet.AutoML</c>. The options that are tried, and their ranges, are ML.NET's own.</summary>
public sealed record AutoMLOptions
{
    /// <summary>Whether FastTree is tried. Default true.</summary>
    public bool UseFastTree { get; init; } = true;

    /// <summary>Whether FastForest is tried. Default true.</summary>
    public bool UseFastForest { get; init; } = true;

    /// <summary>Whether LightGBM is tried. Default true.</summary>
    public bool UseLightGbm { get; init; } = true;

    /// <summary>Whether L-BFGS is tried: logistic regression of two classes, maximum entropy and logistic regressions of more, Poisson regression of numbers. Default true.</summary>
    public bool UseLbfgs { get; init; } = true;

    /// <summary>Whether SDCA is tried: logistic regression of two classes, maximum entropy and logistic regressions of more, linear regression of numbers. Default true.</summary>
    public bool UseSdca { get; init; } = true;

    /// <summary>The most trials, failed ones included. Default null: as many as there is time for.</summary>
    public int? MaximumNumberOfTrials { get; init; }

    /// <summary>What is made better, measured on the validation part, for example <c>Metrics.AreaUnderRocCurve</c>. Default null: log_loss of classes, rmse of numbers.</summary>
    public IMetric? Metric { get; init; }

    /// <summary>The seed of ML.NET's contexts and of the search. Default null: drawn from the run's.</summary>
    public int? Seed { get; init; }

    internal IEnumerable<Problem> Validate()
    {
        if (!(UseFastTree || UseFastForest || UseLightGbm || UseLbfgs || UseSdca))
        {
            yield return new Problem("MT1513", $"MLNet.AutoML is left with no trainer to try. Set one of {nameof(UseFastTree)}, {nameof(UseFastForest)}, {nameof(UseLightGbm)}, {nameof(UseLbfgs)} and {nameof(UseSdca)} to true.");
        }

        if (MaximumNumberOfTrials < 1) yield return new Problem("MT1510", $"The '{nameof(MaximumNumberOfTrials)}' option of MLNet.AutoML must be at least 1. Got {MaximumNumberOfTrials}.");
    }
}
