using System.Buffers;

namespace ModelTraining;

/// <summary>
/// Values in a mapped file as memory like any other, so that what reads columns needs not know. The mapping belongs to a <see cref="SpillStore"/>: a span does not
/// keep it alive, so it goes when it is told to, not when the collector finds nobody holding it.
/// </summary>
internal sealed unsafe class MappedMemory<T>(SpillMapping mapping, int length) : MemoryManager<T> where T : unmanaged
{
    public override Span<T> GetSpan() => new(mapping.First, length);

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)length, nameof(elementIndex));
        return new MemoryHandle((T*)mapping.First + elementIndex);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
