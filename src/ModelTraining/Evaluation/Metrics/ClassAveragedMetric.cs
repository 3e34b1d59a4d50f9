namespace ModelTraining;

/// <summary>A figure of a class, made one for all classes; scikit-learn's rules for classes that do not occur.</summary>
internal abstract class ClassAveragedMetric(string key, string name, string positiveName, ClassAveraging averaging)
    : StatisticMetric<ConfusionCounts>(
        KeyOf(key, averaging), averaging == ClassAveraging.Positive ? positiveName : averaging + name, MetricDirection.HigherIsBetter)
{
    public ClassAveraging Averaging => averaging;

    public override bool Supports(LearningTask task) =>
        averaging == ClassAveraging.Positive ? task == LearningTask.BinaryClassification : task != LearningTask.Regression;

    protected abstract double Of(ClassCounts counts);

    protected override double Compute(ConfusionCounts statistic)
    {
        var together = statistic.Together();
        if (together.Actual == 0) return double.NaN;
        return averaging switch
        {
            ClassAveraging.Positive => Of(statistic.Classes()[1]),
            ClassAveraging.Micro => Of(together),
            ClassAveraging.Macro => statistic.Classes().Where(counts => counts.Occurs).Average(Of),
            _ => statistic.Classes().Sum(counts => Of(counts) * counts.Actual) / together.Actual,
        };
    }

    private static string KeyOf(string key, ClassAveraging averaging) => averaging switch
    {
        ClassAveraging.Macro => key + "_macro",
        ClassAveraging.Micro => key + "_micro",
        ClassAveraging.Weighted => key + "_weighted",
        _ => key,
    };
}
