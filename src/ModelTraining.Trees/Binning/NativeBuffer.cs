using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>Memory that is given back as soon as it is not needed, which the managed heap does not promise: megabytes for a moment of the training.</summary>
internal sealed unsafe class NativeBuffer<T>(int length) : IDisposable
    where T : unmanaged
{
    private T* _first = (T*)NativeMemory.Alloc((nuint)length, (nuint)sizeof(T));

    public int Length => length;

    public Span<T> Span => _first is null ? throw new ObjectDisposedException(nameof(NativeBuffer<>)) : new Span<T>(_first, length);

    public void Dispose()
    {
        NativeMemory.Free(_first);
        _first = null;
    }
}
