using Microsoft.ML.OnnxRuntime;

namespace ModelTraining;

/// <summary>A session of ONNX Runtime that many threads may use, and that is let go when its owner and the last of them are done.</summary>
internal sealed class ModelSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly BatchPool _rows;

    // The owner counts as one until it disposes.
    private int _users = 1;
    private int _disposed;

    private readonly int _width;

    /// <param name="manifest">What the model says of itself.</param>
    /// <param name="open">Opens the session.</param>
    /// <param name="width">The numbers that a row gets where the model has no classes.</param>
    public ModelSession(ModelManifest manifest, Func<SessionOptions, InferenceSession> open, int width = 1)
    {
        using var options = new SessionOptions
        {
            // One row is faster on the caller's thread than on a pool that has to wake up; tables are spread over threads by their rows.
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        try
        {
            _session = open(options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelTrainingException("MT4213", $"ONNX Runtime does not take the model: {exception.Message} Export it anew.", exception);
        }

        _rows = new BatchPool(() => new BoundBatch(_session, manifest, 1, kept: true));
        (Manifest, _width) = (manifest, width);
    }

    public ModelManifest Manifest { get; }

    /// <summary>Room for one row.</summary>
    public BoundBatch RentRow() => _rows.Rent();

    public void Return(BoundBatch row) => _rows.Return(row);

    /// <summary>Room for <paramref name="rows"/> rows, which the caller disposes.</summary>
    public BoundBatch Create(int rows) => new(_session, Manifest, rows, kept: false, _width);

    /// <summary>Computes the outputs of a batch.</summary>
    /// <exception cref="ModelTrainingException">MT3120: ONNX Runtime could not.</exception>
    public void Run(BoundBatch batch)
    {
        try
        {
            batch.Run(_session, _runOptions);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelTrainingException("MT3120", $"ONNX Runtime could not run the model: {exception.Message} Export it anew.", exception);
        }
    }

    /// <summary>Says that a thread uses the session until <see cref="Leave"/>.</summary>
    public void Enter()
    {
        int users;
        do
        {
            users = Volatile.Read(ref _users);
            ObjectDisposedException.ThrowIf(users == 0 || Volatile.Read(ref _disposed) != 0, typeof(Predictor));
        }
        while (Interlocked.CompareExchange(ref _users, users + 1, users) != users);
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) > 0) return;
        _rows.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) Leave();
    }
}
