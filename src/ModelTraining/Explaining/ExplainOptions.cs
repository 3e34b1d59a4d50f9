using System.Globalization;

namespace ModelTraining;

/// <summary>Options of <c>Explain</c>.</summary>
public sealed record ExplainOptions
{
    /// <summary>
    /// The most test rows to compute SHAP values of, evenly spread; 0 for none. Default null: up to 1,000, fewer of a model that would take much longer than a
    /// second over them, such as a large forest, but 25 at least.
    /// </summary>
    public int? Rows { get; init; }

    /// <summary>How often each column is permuted for its permutation importance; 0 to leave these out. Default 5.</summary>
    public int Repeats { get; init; } = 5;

    /// <summary>What permutation importances are measured by. Default null: the metric to judge a model of the task by, <see cref="Evaluation.Primary"/>.</summary>
    public IMetric? Metric { get; init; }

    internal IEnumerable<Problem> Validate()
    {
        if (Rows < 0) yield return new Problem("MT1440", string.Create(CultureInfo.InvariantCulture, $"The 'Rows' option of Explain must be at least 0. Got {Rows}."));
        if (Repeats < 0) yield return new Problem("MT1441", string.Create(CultureInfo.InvariantCulture, $"The 'Repeats' option of Explain must be at least 0. Got {Repeats}."));
    }

    /// <summary>What is wrong with the options for a task that is known by now.</summary>
    internal IEnumerable<Problem> Validate(LearningTask task)
    {
        if (Metric is { } metric && !metric.Supports(task))
        {
            yield return new Problem("MT1442", $"Metric '{metric.Key}' is not defined for {task}. Give the 'Metric' option of Explain one of {string.Join(", ", Metrics.For(task).Select(known => known.Key))}.");
        }
    }
}
