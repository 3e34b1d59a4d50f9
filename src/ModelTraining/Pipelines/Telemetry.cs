using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ModelTraining;

/// <summary>The one source of traces and the one meter, both named ModelTraining. An app that wants them adds an exporter of its own.</summary>
internal static class Telemetry
{
    private const string Name = "ModelTraining";
    private static readonly Meter Meter = new(Name);

    public static ActivitySource Source { get; } = new(Name);

    public static Counter<long> Runs { get; } = Meter.CreateCounter<long>("modeltraining.runs", "{run}", "Runs that ended with a result, by status.");

    public static Histogram<double> StageDuration { get; } = Meter.CreateHistogram<double>("modeltraining.stage.duration", "s", "How long a stage of a run took.");
}
