using System.Globalization;

namespace ModelTraining;

/// <summary>A limit that trials have to keep to be gone on with: <c>TuneObjective.PredictionLatency.AtMost(1)</c>. Immutable and safe to use from many threads.</summary>
public sealed class TuneConstraint
{
    private readonly bool _isUpper;

    internal TuneConstraint(TuneObjective objective, double limit, bool isUpper) => (Objective, Limit, _isUpper) = (objective, limit, isUpper);

    /// <summary>What is limited.</summary>
    public TuneObjective Objective { get; }

    /// <summary>The limit, which may just be reached.</summary>
    public double Limit { get; }

    /// <summary>By how much a value breaks the limit; at most 0 where it keeps it.</summary>
    internal double Violation(double value) => _isUpper ? value - Limit : Limit - value;

    /// <summary>The value of which <see cref="Violation"/> told.</summary>
    internal double ValueOf(double violation) => _isUpper ? Limit + violation : Limit - violation;

    /// <summary>"prediction_latency_ms ≤ 1".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Objective.Key} {(_isUpper ? '≤' : '≥')} {Limit}");
}
