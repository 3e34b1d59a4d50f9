using System.Globalization;

namespace ModelTraining;

/// <summary>How good a model is on rows that it did not learn from, beside a baseline that knows no feature. Immutable.</summary>
public sealed class Evaluation
{
    private const int ShownSlices = 5;

    private readonly IReadOnlyList<IMetric> _metrics;
    private readonly Lazy<IReadOnlyDictionary<string, MetricInterval>> _intervals;

    internal Evaluation(string label, LearningTask task, int rowCount, IReadOnlyList<IMetric> metrics, double[] values, double[] baseline)
    {
        (Label, Task, RowCount, _metrics) = (label, task, rowCount, metrics);
        Metrics = ByKey(metrics, values);
        Baseline = ByKey(metrics, baseline);
        _intervals = new(ComputeIntervals);
    }

    /// <summary>The name of the label's column.</summary>
    public string Label { get; }

    /// <summary>What is predicted.</summary>
    public LearningTask Task { get; }

    /// <summary>The number of rows that the model was evaluated on.</summary>
    public int RowCount { get; }

    /// <summary>The model's value of the metric with the key <paramref name="key"/>, for example roc_auc; NaN when it is not defined for the rows.</summary>
    /// <exception cref="ModelTrainingException">MT1300: the metric was not computed; the message has the nearest keys.</exception>
    public double this[string key] => Metrics.TryGetValue(key, out var value) ? value : throw ModelTraining.Metrics.Unknown(key, Metrics.Keys);

    /// <summary>The model's value of each metric by its key, <see cref="Primary"/> first; NaN where a metric is not defined for the rows.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; }

    /// <summary>
    /// The same metrics of a guess that knows the labels of the training part and no feature: it gives every row the classes' shares as
    /// probabilities, and so the majority's class, or the mean. Weighted where rows have weights.
    /// </summary>
    public IReadOnlyDictionary<string, double> Baseline { get; }

    /// <summary>
    /// Between which values each of the model's metrics lies with 95 % confidence, by its key: the middle 95 % of what it is when the test rows are drawn anew, with
    /// repetition, <see cref="EvaluateOptions.Bootstrap"/> times (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13). Rows of a class that
    /// has fewer than ten are drawn among themselves. NaN where a metric is often not defined; empty when no intervals were asked for. The same at any number of
    /// threads; computed when first asked for, so that a run whose intervals nobody looks at does not wait for them.
    /// </summary>
    public IReadOnlyDictionary<string, MetricInterval> Intervals => _intervals.Value;

    /// <summary>
    /// The metric to judge the model by: roc_auc for two classes, balanced_accuracy for more, rmse for numbers. A constant guess scores 1/2 in the
    /// first and 1 / classes in the second, whatever the shares of the classes.
    /// </summary>
    public MetricScore Primary => Score(_metrics[0]);

    /// <summary>How often each class was predicted for rows of each class; null for regression.</summary>
    public ConfusionMatrix? ConfusionMatrix { get; internal init; }

    /// <summary>Precision, recall and F1 of each class, in the order of the classes; empty for regression.</summary>
    public IReadOnlyList<ClassMetrics> PerClass { get; internal init; } = [];

    /// <summary>
    /// ROC and precision-recall curves: of two classes the positive one's, of more each one's against the rest. A class that all rows are of, or none,
    /// has no curve; empty for regression.
    /// </summary>
    public IReadOnlyList<ClassCurve> Curves { get; internal init; } = [];

    /// <summary>
    /// How good the model is on the test rows of each value of the columns in <see cref="EvaluateOptions.Slices"/>: the slice with the worst <see cref="Primary"/>
    /// metric first, those where it is not defined last. Empty when no columns were named.
    /// </summary>
    public IReadOnlyList<EvaluationSlice> Slices { get; internal init; } = [];

    /// <summary>
    /// How often what was predicted with a probability came true, by tenths of the probability: of two classes the positive one's, of more the predicted one's.
    /// Tenths without rows are left out; empty for regression.
    /// </summary>
    internal IReadOnlyList<CalibrationBin> Calibration { get; init; } = [];

    /// <summary>The same of the model before its probabilities were calibrated; empty where they were not.</summary>
    internal IReadOnlyList<CalibrationBin> CalibrationBefore { get; init; } = [];

    /// <summary>At most 1000 rows, evenly spread over those evaluated, with what is true and what was predicted; empty for classes.</summary>
    internal IReadOnlyList<PredictedValue> Sample { get; init; } = [];

    /// <summary>The rows, for what is computed when it is asked for; null in an evaluation of none.</summary>
    internal EvaluatedRows? Rows { get; init; }

    /// <summary>For each of the rows its position in the source.</summary>
    internal int[] Origins { get; init; } = [];

    internal int SlicesTooSmall { get; init; }

    internal int MinSliceRows { get; init; }

    internal int Resamples { get; init; }

    internal int Threads { get; init; } = 1;

    internal IReadOnlyList<IMetric> ComputedMetrics => _metrics;

    /// <summary>All metrics with their names, the model's value and the baseline's, in order.</summary>
    internal IEnumerable<MetricScore> Scores => _metrics.Select(Score);

    /// <summary>Those that do not say what another has said already.</summary>
    internal IEnumerable<MetricScore> MainScores => _metrics.Where(metric => !ModelTraining.Metrics.IsSecondary(metric, Task)).Select(Score);

    /// <summary>A table of the main metrics with their intervals, model beside baseline.</summary>
    public override string ToString()
    {
        var rows = RowCount == 1 ? "1 row" : RowCount.ToString("N0", CultureInfo.InvariantCulture) + " rows";
        var table = new TextTable($"{Label}: {rows}", Intervals.Count == 0 ? ["model", "baseline"] : ["model", "95 % interval", "baseline"]);
        foreach (var score in MainScores)
        {
            var format = Format(Math.Max(Math.Abs(score.Value), Math.Abs(score.Baseline)));
            string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
            if (score.Interval is { } interval) table.Add(score.Key, [Text(score.Value), $"{Text(interval.Low)} to {Text(interval.High)}", Text(score.Baseline)]);
            else table.Add(score.Key, [Text(score.Value), Text(score.Baseline)]);
        }

        return Slices.Count == 0 ? table.ToString() : $"{table}{Environment.NewLine}{WorstSlices()}";
    }

    private static OrderedDictionary<string, double> ByKey(IReadOnlyList<IMetric> metrics, double[] values) =>
        new(metrics.Zip(values, (metric, value) => KeyValuePair.Create(metric.Key, value)));

    private MetricScore Score(IMetric metric) => new(metric.Key, metric.Name, metric.Direction, Metrics[metric.Key], Baseline[metric.Key])
    {
        Interval = Intervals.TryGetValue(metric.Key, out var interval) ? interval : null,
    };

    private string WorstSlices()
    {
        var primary = _metrics[0].Key;
        var table = new TextTable($"worst slices by {primary}", Resamples == 0 ? ["rows", primary] : ["rows", primary, "95 % interval"]);
        foreach (var slice in Slices.Take(ShownSlices))
        {
            var value = slice.Metrics[primary];
            string[] cells = [slice.RowCount.ToString("N0", CultureInfo.InvariantCulture), ReportNumber.Metric(value, value)];
            table.Add($"{slice.Column} = {slice.Value}", slice.Interval is { } interval ? [.. cells, ReportNumber.Interval(interval, value)] : cells);
        }

        return table.ToString();
    }

    private OrderedDictionary<string, MetricInterval> ComputeIntervals()
    {
        if (Resamples == 0 || Rows is not { Count: > 0 }) return [];
        var values = Bootstrap.Resample(_metrics, Rows, Resamples, Threads);
        return new(_metrics.Zip(values, (metric, resampled) => KeyValuePair.Create(metric.Key, Bootstrap.Interval(resampled))));
    }

    /// <summary>Four digits or more that say something, and the same decimals for model and baseline.</summary>
    internal static string Format(double largest) => largest switch
    {
        >= 1e9 or > 0 and < 1e-3 => "0.0000E+0",
        >= 1000 => "0.0",
        >= 100 => "0.00",
        >= 10 => "0.000",
        _ => "0.0000;-0.0000;0.0000", // the last for what rounds to 0, which has no sign
    };
}
