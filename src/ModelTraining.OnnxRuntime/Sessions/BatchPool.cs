using System.Collections.Concurrent;

namespace ModelTraining;

/// <summary>Batches that wait for their next use: as many as were in use at once, up to a bound.</summary>
internal sealed class BatchPool(Func<BoundBatch> create) : IDisposable
{
    private const int Kept = 64;

    private readonly ConcurrentQueue<BoundBatch> _waiting = new();
    private BoundBatch? _first;

    public BoundBatch Rent()
    {
        var batch = Interlocked.Exchange(ref _first, null);
        return batch is not null || _waiting.TryDequeue(out batch) ? batch : create();
    }

    public void Return(BoundBatch batch)
    {
        if (Interlocked.CompareExchange(ref _first, batch, null) is null) return;
        if (_waiting.Count < Kept) _waiting.Enqueue(batch);
        else batch.Dispose();
    }

    public void Dispose()
    {
        Interlocked.Exchange(ref _first, null)?.Dispose();
        while (_waiting.TryDequeue(out var batch)) batch.Dispose();
    }
}
