namespace ModelTraining;

/// <summary>
/// Keeps what became of runs: options, learning curves, metrics, files, and how each ended. <c>WithTracker</c> puts one into a pipeline. One tracker serves many
/// pipelines, which may run at once: implementations are safe to use from many threads.
/// </summary>
public interface IRunTracker
{
    /// <summary>A run begins: its options are in order, and nothing has been read yet. When this fails, so does the run.</summary>
    /// <param name="start">What is known of it.</param>
    /// <param name="cancellationToken">Signalled when the run is cancelled before it has a model.</param>
    ValueTask<ITrackedRun> StartAsync(RunStart start, CancellationToken cancellationToken = default);
}
