using System.Globalization;

namespace ModelTraining;

/// <summary>What a threshold should reach.</summary>
internal sealed class ThresholdGoal
{
    private static readonly StatisticMetric<ConfusionCounts>[] Known =
    [
        new F1ScoreMetric(ClassAveraging.Positive), new MacroAccuracyMetric(), new MatthewsCorrelationMetric(), new CohenKappaMetric(), new AccuracyMetric(),
        new PrecisionMetric(ClassAveraging.Positive), new RecallMetric(ClassAveraging.Positive),
    ];

    private readonly ThresholdOptions _options;
    private readonly StatisticMetric<ConfusionCounts>? _metric;

    public ThresholdGoal(ThresholdOptions options)
    {
        _options = options;
        if (options.ByCost) return;
        var key = options.By ?? (options.MinPrecision, options.MinRecall) switch
        {
            ({ }, null) => "recall",
            (null, { }) => "precision",
            _ => "f1",
        };
        _metric = Known.First(metric => metric.Key == key);
    }

    /// <summary>The keys of the metrics that a threshold can be chosen by.</summary>
    public static IEnumerable<string> Keys => Known.Select(metric => metric.Key);

    /// <summary>What is looked at: the metric's key, or the cost of a row.</summary>
    public string Name => _metric?.Key ?? "cost per row";

    public MetricDirection Direction => _metric?.Direction ?? MetricDirection.LowerIsBetter;

    /// <summary>What precision and recall must be, in words; null where nothing is said.</summary>
    public string? Requirement => (_options.MinPrecision, _options.MinRecall) switch
    {
        ({ } precision, { } recall) => string.Create(CultureInfo.InvariantCulture, $"a precision of at least {precision} and a recall of at least {recall}"),
        ({ } precision, null) => string.Create(CultureInfo.InvariantCulture, $"a precision of at least {precision}"),
        (null, { } recall) => string.Create(CultureInfo.InvariantCulture, $"a recall of at least {recall}"),
        _ => null,
    };

    public bool Allows(ThresholdCandidate candidate) =>
        (_options.MinPrecision is not { } precision || candidate.Precision >= precision) && (_options.MinRecall is not { } recall || candidate.Recall >= recall);

    /// <summary>The metric, or the mean cost of a row.</summary>
    public double Score(ConfusionCounts counts) => _metric is not null
        ? _metric.Of(counts)
        : ((_options.FalsePositiveCost ?? 1) * counts[0, 1] + (_options.FalseNegativeCost ?? 1) * counts[1, 0]) / counts.Together().Actual;
}
