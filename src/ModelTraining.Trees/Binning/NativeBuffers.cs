using System.Collections.Concurrent;

namespace ModelTraining;

/// <summary>As many buffers as threads ask for one at the same time.</summary>
internal sealed class NativeBuffers<T>(int length) : IDisposable
    where T : unmanaged
{
    private readonly ConcurrentStack<NativeBuffer<T>> _free = [];

    public NativeBuffer<T> Rent() => _free.TryPop(out var buffer) ? buffer : new NativeBuffer<T>(length);

    public void Return(NativeBuffer<T> buffer) => _free.Push(buffer);

    public void Dispose()
    {
        while (_free.TryPop(out var buffer)) buffer.Dispose();
    }
}
