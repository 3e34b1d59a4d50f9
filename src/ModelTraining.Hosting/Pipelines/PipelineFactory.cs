using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace ModelTraining;

/// <summary>
/// Begins pipelines that log to the host's log under the category ModelTraining.Pipeline, go by the host's clock, are tracked by the host's trackers, and have the
/// seed and the threads of <see cref="ModelTrainingOptions"/>. Each of these can be said otherwise in the chain; further trackers are told too. In the container by <c>AddModelTraining</c>; safe to use from many
/// threads.
/// </summary>
public sealed class PipelineFactory
{
    private readonly ModelTrainingOptions _options;
    private readonly IRunTracker[] _trackers;
    private readonly Func<IModelStore> _store;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    internal PipelineFactory(ModelTrainingOptions options, IEnumerable<IRunTracker> trackers, Func<IModelStore> store, ILogger logger, TimeProvider time)
    {
        (_options, _store, _logger, _time) = (options, store, logger, time);
        _trackers = [.. trackers, .. options.RunFolder is { } folder ? [new FileTracker(folder)] : Array.Empty<IRunTracker>()];
    }

    /// <summary>The container's store, for <c>Export(factory.Store, "income")</c>.</summary>
    /// <exception cref="ModelTrainingException">MT1612: the container has none.</exception>
    public IModelStore Store => _store();

    /// <summary>Begins a pipeline, as <see cref="Pipeline.From"/> does.</summary>
    /// <param name="source">Where rows come from. A run reads it once.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public DataPipeline From(IDataSource source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        _trackers.Aggregate(
            Pipeline.From(source, file, line).WithSeed(_options.Seed).WithThreads(_options.Threads).WithLogger(_logger).WithTime(_time),
            (pipeline, tracker) => pipeline.WithTracker(tracker));
}
