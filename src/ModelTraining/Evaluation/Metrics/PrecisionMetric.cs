namespace ModelTraining;

/// <summary>Of the rows that were predicted to be of a class, the share that are.</summary>
internal sealed class PrecisionMetric(ClassAveraging averaging) : ClassAveragedMetric("precision", "Precision", "PositivePrecision", averaging)
{
    protected override double Of(ClassCounts counts) => counts.Precision;
}
