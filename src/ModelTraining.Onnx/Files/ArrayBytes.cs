using System.Buffers;
using System.Runtime.InteropServices;

namespace ModelTraining.Onnx;

/// <summary>The bytes of an array of numbers, without a copy. Files are little-endian, as is every machine that ONNX Runtime runs on.</summary>
internal sealed class ArrayBytes(Array array, int length) : MemoryManager<byte>
{
    /// <summary>The same as a span.</summary>
    public static Span<byte> Span(Array array, int length) => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), length);

    public override Span<byte> GetSpan() => Span(array, length);

    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        var handle = GCHandle.Alloc(array, GCHandleType.Pinned);
        return new MemoryHandle((byte*)handle.AddrOfPinnedObject() + elementIndex, handle);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
