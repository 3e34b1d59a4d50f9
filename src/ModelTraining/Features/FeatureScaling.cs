namespace ModelTraining;

/// <summary>How numbers are scaled.</summary>
public enum FeatureScaling
{
    /// <summary>As <see cref="Standard"/> for trainers that want features of like scale, otherwise as <see cref="None"/>.</summary>
    Auto,

    /// <summary>Numbers stay as they are.</summary>
    None,

    /// <summary>To mean 0 and standard deviation 1 over the training rows.</summary>
    Standard,
}
