namespace ModelTraining;

/// <summary>How good the model is on the validation part.</summary>
internal sealed class MetricObjective(IMetric metric) : TuneObjective(metric.Key, metric.Direction)
{
    public IMetric Metric => metric;

    internal override bool IsRepeatable => true;

    internal override bool Supports(LearningTask task) => metric.Supports(task);

    internal override double Measure(TrialRun run) => run.Score(metric);
}
