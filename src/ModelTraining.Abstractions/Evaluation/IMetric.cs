namespace ModelTraining;

/// <summary>A measure of how well predictions meet the truth. Implementations are immutable and safe to use from many threads.</summary>
public interface IMetric
{
    /// <summary>The key that is logged: scikit-learn's snake_case, for example roc_auc.</summary>
    string Key { get; }

    /// <summary>The name in C# and in reports: ML.NET's where it has one, for example AreaUnderRocCurve.</summary>
    string Name { get; }

    /// <summary>Which way the metric gets better.</summary>
    MetricDirection Direction { get; }

    /// <summary>Whether the metric is defined for <paramref name="task"/>.</summary>
    bool Supports(LearningTask task);

    /// <summary>Begins a computation.</summary>
    /// <param name="classCount">The number of classes; 0 for regression.</param>
    IMetricState Start(int classCount);
}
