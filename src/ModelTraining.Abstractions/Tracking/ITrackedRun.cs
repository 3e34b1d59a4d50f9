namespace ModelTraining;

/// <summary>
/// A run that is being tracked. Its pipeline calls one member at a time, and <see cref="EndAsync"/> last. What one of them throws does not end the run: a model
/// that took hours is not lost because a disk is full. It becomes a warning of the run.
/// </summary>
public interface ITrackedRun
{
    /// <summary>Keeps a value. Called from within training: it must not wait for a disk or a network for long.</summary>
    /// <param name="metric">The value, of the whole run or of a step of the learning curve.</param>
    void Log(RunMetric metric);

    /// <summary>Keeps a file, for example the exported model.</summary>
    /// <param name="name">Its name, without a folder; unique within the run.</param>
    /// <param name="content">What is in it. Read once, and closed by the caller.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    ValueTask AddArtifactAsync(string name, Stream content, CancellationToken cancellationToken = default);

    /// <summary>The run has ended, well or not.</summary>
    /// <param name="end">How.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    ValueTask EndAsync(RunEnd end, CancellationToken cancellationToken = default);
}
