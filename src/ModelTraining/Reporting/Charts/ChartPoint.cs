namespace ModelTraining;

/// <summary>A point in the units of a chart's axes.</summary>
internal readonly record struct ChartPoint(double X, double Y)
{
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y);
}
