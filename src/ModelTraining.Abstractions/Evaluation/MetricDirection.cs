namespace ModelTraining;

/// <summary>Which way a metric gets better. Every metric has to say so: nothing is guessed from its name.</summary>
public enum MetricDirection
{
    /// <summary>More is better, as with accuracy.</summary>
    HigherIsBetter,

    /// <summary>Less is better, as with an error.</summary>
    LowerIsBetter,
}
