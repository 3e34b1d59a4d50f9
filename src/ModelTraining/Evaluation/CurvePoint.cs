namespace ModelTraining;

/// <summary>What comes of calling a row positive from a threshold on: a point of the ROC curve and of the precision-recall curve at once.</summary>
/// <param name="Threshold">The least probability that counts as positive; positive infinity for the first point, where no row does.</param>
/// <param name="TruePositiveRate">Of the rows of the class, the share called positive: recall.</param>
/// <param name="FalsePositiveRate">Of the other rows, the share called positive.</param>
/// <param name="Precision">Of the rows called positive, the share that are of the class; 1 for the first point.</param>
public readonly record struct CurvePoint(double Threshold, double TruePositiveRate, double FalsePositiveRate, double Precision);
