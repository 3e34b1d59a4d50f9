namespace ModelTraining;

/// <summary>The words of a <see cref="SamplingStrategy"/>, those of imbalanced-learn.</summary>
internal enum SampledClasses
{
    Auto,
    Minority,
    NotMinority,
    Majority,
    NotMajority,
    All,
}
