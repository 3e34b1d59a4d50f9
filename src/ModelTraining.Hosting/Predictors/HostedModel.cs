using Microsoft.Extensions.Logging;

namespace ModelTraining;

/// <summary>
/// The model in service: loads a file, looks at it from time to time, and replaces the model when the file changed and its new content proved good. Calls never
/// wait for a load: they go on with the old model until the new one is in its place.
/// </summary>
internal sealed class HostedModel : IDisposable
{
    // One look at a time; guards _seen, _tried, _first and _disposed.
    private readonly Lock _gate = new();
    private readonly ModelSource _source;
    private readonly TimeSpan _interval;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private volatile ServedModel? _current;
    private volatile ModelTrainingException? _failure;
    private volatile bool _disposed;
    private FileStamp _seen;
    private FileStamp _tried;
    private ModelManifest? _first;

    public HostedModel(string name, ModelSource source, TimeSpan interval, TimeProvider time, ILogger logger)
    {
        (Name, _source, _interval, _logger) = (name, source, interval, logger);
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            _seen = FileStamp.Of(source.Path);
            Load(_seen);
            _timer.Change(interval, Timeout.InfiniteTimeSpan);
        }
    }

    public string Name { get; }

    public string Path => _source.Path;

    /// <summary>What the model in service says of itself; null when there is none.</summary>
    public ModelManifest? Manifest => _current?.Predictor.Manifest;

    /// <summary>Why the last load failed; null when it did not.</summary>
    public ModelTrainingException? Failure => _failure;

    /// <summary>The model in service, which is kept until the caller leaves it.</summary>
    /// <exception cref="ModelTrainingException">MT4300: there is none.</exception>
    public ServedModel Enter()
    {
        while (true)
        {
            if (_current is not { } model) throw None();

            // When it was let go between these two lines, another has taken its place.
            if (model.TryEnter()) return model;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            _timer.Dispose();
            Replace(null);
        }
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_disposed) return;
            var stamp = FileStamp.Of(Path);

            // A file that is being copied looks different each time. It is read once it is at rest.
            if (stamp == _seen && stamp != _tried) Load(stamp);
            _seen = stamp;
            _timer.Change(_interval, Timeout.InfiniteTimeSpan);
        }
    }

    private void Load(FileStamp stamp)
    {
        _tried = stamp;
        Predictor predictor;
        try
        {
            predictor = _source.Load(_first);
        }
        catch (ModelTrainingException exception)
        {
            _failure = exception;
            if (_current is null) Log.LoadFailed(_logger, Name, Path, exception);
            else Log.ReloadFailed(_logger, Name, Path, exception);
            return;
        }

        var manifest = predictor.Manifest;
        _first ??= manifest;
        _failure = null;
        var replaced = Replace(new ServedModel(predictor, () => Log.LetGo(_logger, Name)));
        if (replaced) Log.Reloaded(_logger, Name, Path, manifest.Trainer, manifest.TrainedAt);
        else Log.Loaded(_logger, Name, Path, manifest.Trainer, manifest.TrainedAt);
    }

    private bool Replace(ServedModel? model)
    {
        var old = _current;
        _current = model;
        old?.Leave();
        return old is not null;
    }

    private Exception None() => _disposed
        ? new ObjectDisposedException(Name)
        : new ModelTrainingException("MT4300", $"No model of {Name} is in service: {_failure?.Message ?? "it was not loaded yet."} It is taken up as soon as the file is right.", _failure);
}
