namespace ModelTraining;

/// <summary>
/// What trials of <c>Tune</c> are judged by: a metric on the validation part, or what the model costs. Several of them make a front of trials that none other beats in all (Pareto's); any may be held by a
/// constraint:
/// <code>
/// o with
/// {
///     Objectives = [TuneObjective.Of(Metrics.LogLoss), TuneObjective.ModelSize],
///     Constraints = [TuneObjective.PredictionLatency.AtMost(1), TuneObjective.Of(Metrics.FalsePositiveRate).AtMost(0.1)],
/// }
/// </code>
/// Immutable and safe to use from many threads.
/// </summary>
public abstract class TuneObjective
{
    private protected TuneObjective(string key, MetricDirection direction) => (Key, Direction) = (key, direction);

    /// <summary>The name, for reports: a metric's key, or prediction_latency_ms, model_size_bytes, training_time_s.</summary>
    public string Key { get; }

    /// <summary>Which way it gets better.</summary>
    public MetricDirection Direction { get; }

    /// <summary>A metric on the validation part.</summary>
    public static TuneObjective Of(IMetric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new MetricObjective(metric);
    }

    /// <summary>
    /// prediction_latency_ms: the milliseconds that one raw row takes in ONNX Runtime, in the graph that would be exported; the median over validation rows. Measured beside whatever else the machine does, so
    /// never twice the same.
    /// </summary>
    public static TuneObjective PredictionLatency { get; } = new LatencyObjective();

    /// <summary>model_size_bytes: the size of the ONNX file that would be exported.</summary>
    public static TuneObjective ModelSize { get; } = new SizeObjective();

    /// <summary>training_time_s: the seconds of training, without features, which trials share. The first trial makes what later ones find ready, such as the bins of trees.</summary>
    public static TuneObjective TrainingTime { get; } = new TrainingTimeObjective();

    /// <summary>The constraint that it is no more than a limit. A metric's unit is its own, latency is in milliseconds, size in bytes, time in seconds.</summary>
    public TuneConstraint AtMost(double limit) => new(this, limit, isUpper: true);

    /// <summary>The constraint that it is no less than a limit.</summary>
    public TuneConstraint AtLeast(double limit) => new(this, limit, isUpper: false);

    /// <summary>Whether a trial that is trained again has the same.</summary>
    internal virtual bool IsRepeatable => false;

    internal virtual bool Supports(LearningTask task) => true;

    internal abstract double Measure(TrialRun run);

    /// <summary>The key.</summary>
    public override string ToString() => Key;
}
