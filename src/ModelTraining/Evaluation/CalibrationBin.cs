namespace ModelTraining;

/// <summary>The rows whose predicted probability lies in one tenth.</summary>
/// <param name="Predicted">The mean of their probabilities, by weight.</param>
/// <param name="Observed">The share of them for which it came true, by weight.</param>
/// <param name="Weight">The sum of their weights; their number when all count alike.</param>
/// <param name="EffectiveRows">How many rows of equal weight say as much: (Σw)² / Σw² (Kish, "Survey Sampling", 1965).</param>
internal sealed record CalibrationBin(double Predicted, double Observed, double Weight, double EffectiveRows);
