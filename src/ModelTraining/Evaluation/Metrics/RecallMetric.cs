namespace ModelTraining;

/// <summary>Of the rows that are of a class, the share that were predicted to be.</summary>
internal sealed class RecallMetric(ClassAveraging averaging) : ClassAveragedMetric("recall", "Recall", "PositiveRecall", averaging)
{
    protected override double Of(ClassCounts counts) => counts.Recall;
}
