namespace ModelTraining;

/// <summary>How much a feature mattered to a model.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Gain">What its splits took off the loss, as a share of what all took off; of a linear model the share of the coefficients' sizes, per deviation of the feature. All features sum to 1.</param>
/// <param name="Splits">The number of its splits.</param>
public sealed record FeatureImportance(string Feature, double Gain, int Splits);
