namespace ModelTraining;

/// <summary>
/// Gives the batches of an epoch in their order. Large ones are filled one ahead on another thread while the last one trains; small ones are filled where they
/// are needed, as handing them over would take longer. Allocates nothing once each size of batch was there.
/// </summary>
internal sealed class BatchFeeder : IDisposable
{
    private const int WorthAThread = 256 * 1024;
    private const int Ahead = 2;

    private readonly IBatchSource _source;
    private readonly int _batchSize;
    private readonly Dictionary<int, TrainingBatch[]> _batches = [];
    private readonly Thread? _thread;
    private readonly SemaphoreSlim _free = new(0), _filled = new(0);
    private readonly bool _hasThread;
    private int[] _order = [];
    private int _next, _given;
    private volatile bool _stopped;
    private Exception? _failure;

    public BatchFeeder(IBatchSource source, int batchSize)
    {
        (_source, _batchSize) = (source, batchSize);
        _hasThread = (long)batchSize * source.Inputs.Sum(input => (long)input.RowSize * sizeof(float)) >= WorthAThread;
        if (!_hasThread) return;
        _thread = new Thread(FillAhead) { IsBackground = true, Name = "ModelTraining batches" };
        _thread.Start();
    }

    /// <summary>The batches of the order that was given.</summary>
    public int Count => (_order.Length + _batchSize - 1) / _batchSize;

    /// <summary>Begins an epoch. All batches of the last have been taken, or none will be any more.</summary>
    /// <param name="order">The rows.</param>
    /// <param name="first">The first batch that is wanted.</param>
    public void Start(int[] order, int first)
    {
        // The filling thread waits until the first batch is asked for.
        (_order, _given) = (order, first);
        Volatile.Write(ref _next, first);
        if (!_hasThread) return;
        for (var i = 0; i < Math.Min(Ahead, Count - first); i++) _free.Release();
    }

    /// <summary>The rows of a batch.</summary>
    public ReadOnlySpan<int> Rows(int batch) => _order.AsSpan(batch * _batchSize, Math.Min(_batchSize, _order.Length - (batch * _batchSize)));

    /// <summary>The next batch, the caller's until the one after it is asked for.</summary>
    public TrainingBatch Next()
    {
        var batch = _given++;
        if (!_hasThread) return Filled(batch);
        _filled.Wait();
        if (_failure is not null) throw new InvalidOperationException("A batch could not be filled.", _failure);
        return Memory(batch);
    }

    /// <summary>Says that the batch that was given last is no longer used.</summary>
    public void Done()
    {
        if (_hasThread && _given - 1 + Ahead < Count) _free.Release();
    }

    public void Dispose()
    {
        _stopped = true;
        _free.Release();
        _thread?.Join();
        _free.Dispose();
        _filled.Dispose();
    }

    private void FillAhead()
    {
        while (true)
        {
            _free.Wait();
            if (_stopped) return;
            try
            {
                Filled(_next++);
            }
            catch (Exception exception)
            {
                // Thrown again by Next.
                _failure = exception;
            }

            _filled.Release();
        }
    }

    private TrainingBatch Filled(int batch)
    {
        var memory = Memory(batch);
        _source.Fill(memory, Rows(batch));
        return memory;
    }

    private TrainingBatch Memory(int batch)
    {
        var rows = Rows(batch).Length;
        lock (_batches)
        {
            if (!_batches.TryGetValue(rows, out var pair)) _batches[rows] = pair = [.. Enumerable.Range(0, _hasThread ? Ahead : 1).Select(_ => new TrainingBatch(_source.Inputs, rows))];
            return pair[batch % pair.Length];
        }
    }
}
