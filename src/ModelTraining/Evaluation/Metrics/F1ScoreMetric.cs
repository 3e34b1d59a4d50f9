namespace ModelTraining;

/// <summary>The harmonic mean of precision and recall.</summary>
internal sealed class F1ScoreMetric(ClassAveraging averaging) : ClassAveragedMetric("f1", "F1Score", "F1Score", averaging)
{
    protected override double Of(ClassCounts counts) => counts.F1;
}
