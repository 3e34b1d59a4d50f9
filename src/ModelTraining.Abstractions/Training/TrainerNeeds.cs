namespace ModelTraining;

/// <summary>In what form a trainer wants its features; the feature stage makes them so.</summary>
public sealed record TrainerNeeds
{
    /// <summary>Whether NaN is a value like any other to the trainer. Otherwise missing values are imputed. Default false.</summary>
    public bool HandlesMissing { get; init; }

    /// <summary>The most categories that a <see cref="FeatureKind.Category"/> feature may have; 0, the default, when categories must become quantities.</summary>
    public int MaxCategories { get; init; }

    /// <summary>Whether quantities should be of like scale. Default false.</summary>
    public bool WantsScaling { get; init; }

    /// <summary>
    /// Whether it takes columns of tensors, as a network does pictures and token ids: the elements of each are features, <c>image[0]</c> and on, in row-major order, as they
    /// are: neither filled nor scaled. Default false.
    /// </summary>
    public bool TakesTensors { get; init; }

    /// <summary>
    /// Whether it learns out of core: reads features where they are, which may be in a file, and holds no more than about a byte of each value in memory. Default false.
    /// </summary>
    public bool OutOfCore { get; init; }
}
