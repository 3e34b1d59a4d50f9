namespace ModelTraining;

/// <summary>The ROC curve and the precision-recall curve of one class against the others.</summary>
/// <param name="Class">The class's name.</param>
/// <param name="AreaUnderRocCurve">The area under the ROC curve, of all thresholds.</param>
/// <param name="AreaUnderPrecisionRecallCurve">The average precision, of all thresholds.</param>
/// <param name="Points">
/// At most 402 points from the highest threshold to the lowest; a point is left out when both its rates are within 1/200 of one that is kept.
/// </param>
public sealed record ClassCurve(string Class, double AreaUnderRocCurve, double AreaUnderPrecisionRecallCurve, IReadOnlyList<CurvePoint> Points);
