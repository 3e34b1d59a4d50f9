using Microsoft.Extensions.Logging;

namespace ModelTraining;

/// <summary>
/// The model in service: loads it, looks at its place from time to time, and replaces it when another is there and proved good. Calls never wait for a load: they
/// go on with the old model until the new one is in its place.
/// </summary>
internal sealed class HostedModel : IDisposable
{
    // Guards _disposed against a model that arrives meanwhile. Looks need no guard: each sets the timer for the next.
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ModelSource _source;
    private readonly TimeSpan _interval;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private volatile ServedModel? _current;
    private volatile ModelTrainingException? _failure;
    private volatile bool _disposed;
    private ModelStamp _seen;
    private ModelStamp? _tried;
    private ModelManifest? _first;

    public HostedModel(string name, ModelSource source, TimeSpan interval, TimeProvider time, ILogger logger)
    {
        (Name, _source, _interval, _logger) = (name, source, interval, logger);
        _timer = time.CreateTimer(state => { _ = LookAsync(); }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        // A file is loaded when this returns; a store that has to be asked may take longer.
        Loading = LookAsync();
    }

    /// <summary>Ends with the first look, whether it brought a model or not.</summary>
    public Task Loading { get; }

    public string Name { get; }

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
            _stop.Cancel();
            _stop.Dispose();
            _timer.Dispose();
            Replace(null);
        }
    }

    private async Task LookAsync()
    {
        try
        {
            var stamp = await _source.LookAsync(_stop.Token).ConfigureAwait(false);

            // A file that is being copied looks different each time. It is read once it is at rest; the first is tried as it is.
            if (_tried is null || (stamp == _seen && stamp != _tried)) await LoadAsync(stamp).ConfigureAwait(false);
            _seen = stamp;
        }
        catch (OperationCanceledException) when (_disposed)
        {
            return;
        }

        lock (_gate)
        {
            if (!_disposed) _timer.Change(_interval, Timeout.InfiniteTimeSpan);
        }
    }

    private async ValueTask LoadAsync(ModelStamp stamp)
    {
        _tried = stamp;
        Predictor predictor;
        try
        {
            predictor = await _source.LoadAsync(_first, _stop.Token).ConfigureAwait(false);
        }
        catch (ModelTrainingException exception)
        {
            _failure = exception;
            if (_current is null) Log.LoadFailed(_logger, Name, _source.Place, exception);
            else Log.ReloadFailed(_logger, Name, _source.Place, exception);
            return;
        }

        lock (_gate)
        {
            if (_disposed)
            {
                predictor.Dispose();
                return;
            }

            var manifest = predictor.Manifest;
            var place = stamp.Target is { } target && target != _source.Place ? $"{_source.Place} ({target})" : _source.Place;
            _first ??= manifest;
            _failure = null;
            var replaced = Replace(new ServedModel(predictor, () => Log.LetGo(_logger, Name)));
            if (replaced) Log.Reloaded(_logger, Name, place, manifest.Trainer, manifest.TrainedAt);
            else Log.Loaded(_logger, Name, place, manifest.Trainer, manifest.TrainedAt);
        }
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
        : new ModelTrainingException("MT4300", $"No model of {Name} is in service: {_failure?.Message ?? "it was not loaded yet."} It is taken up as soon as that is right.", _failure);
}
