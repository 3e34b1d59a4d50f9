namespace ModelTraining;

/// <summary>What comes of a threshold on the validation part.</summary>
/// <param name="Threshold">The least probability that counts as positive.</param>
/// <param name="Score">What the threshold is chosen by.</param>
/// <param name="Precision">Of the rows called positive, the share that are; NaN where none is.</param>
/// <param name="Recall">Of the positive rows, the share called so.</param>
internal readonly record struct ThresholdCandidate(float Threshold, double Score, double Precision, double Recall);
