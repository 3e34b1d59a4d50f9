using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace ModelTraining;

/// <summary>
/// Begins pipelines that log to the host's log under the category ModelTraining.Pipeline, go by the host's clock, and have the seed and the threads of
/// <see cref="ModelTrainingOptions"/>. Each of these can be said otherwise in the chain. In the container by <c>AddModelTraining</c>; safe to use from many
/// threads.
/// </summary>
public sealed class PipelineFactory
{
    private readonly ModelTrainingOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    internal PipelineFactory(ModelTrainingOptions options, ILogger logger, TimeProvider time) => (_options, _logger, _time) = (options, logger, time);

    /// <summary>Begins a pipeline, as <see cref="Pipeline.From"/> does.</summary>
    /// <param name="source">Where rows come from. A run reads it once.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public DataPipeline From(IDataSource source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Pipeline.From(source, file, line).WithSeed(_options.Seed).WithThreads(_options.Threads).WithLogger(_logger).WithTime(_time);
}
