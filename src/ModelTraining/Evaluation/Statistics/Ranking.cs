namespace ModelTraining;

/// <summary>What comes of sorting rows by the probability of one class.</summary>
/// <param name="AreaUnderRocCurve">NaN when all rows are of the class, or none.</param>
/// <param name="AveragePrecision">NaN when no row is of the class.</param>
/// <param name="Points">The curve, from the highest threshold to the lowest; empty when there is no <paramref name="AreaUnderRocCurve"/>.</param>
internal sealed record Ranking(double AreaUnderRocCurve, double AveragePrecision, IReadOnlyList<CurvePoint> Points)
{
    public static Ranking Undefined { get; } = new(double.NaN, double.NaN, []);
}
