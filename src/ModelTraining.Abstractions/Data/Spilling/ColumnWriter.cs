using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>Takes the values of a column one after another: into an array, or by way of a small buffer into the file of a <see cref="SpillStore"/>. Not thread-safe.</summary>
internal sealed class ColumnWriter<T> where T : unmanaged
{
    private const int BufferBytes = 64 << 10;

    private readonly SpillStore? _store;
    private readonly SpillFile? _file;
    private readonly int _count;
    private readonly long _first;
    private readonly T[] _buffer;
    private long _next;
    private int _used;

    /// <param name="store">Where columns are spilled; null, and one that is off, keeps them in memory.</param>
    /// <param name="count">How many values there will be.</param>
    public ColumnWriter(SpillStore? store, int count)
    {
        _count = count;
        if (store is not { IsOn: true })
        {
            _buffer = new T[count];
            return;
        }

        _store = store;
        _buffer = new T[Math.Min(count, BufferBytes / Unsafe.SizeOf<T>())];
        (_file, _first) = store.Reserve((long)count * Unsafe.SizeOf<T>());
        _next = _first;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T value)
    {
        if (_used == _buffer.Length) Flush();
        _buffer[_used++] = value;
    }

    public void Add(ReadOnlySpan<T> values)
    {
        while (!values.IsEmpty)
        {
            var room = Next(values.Length);
            values[..room.Length].CopyTo(room);
            values = values[room.Length..];
        }
    }

    /// <summary>Room for the next values, at least one and not more than <paramref name="most"/>, which is at least 1: all of it is to be filled.</summary>
    public Span<T> Next(int most)
    {
        if (_used == _buffer.Length) Flush();
        var room = _buffer.AsSpan(_used, Math.Min(most, _buffer.Length - _used));
        _used += room.Length;
        return room;
    }

    /// <summary>The values, once all are there.</summary>
    public ReadOnlyMemory<T> Done()
    {
        if (_file is null || _count == 0) return _buffer;
        Flush();
        return _store!.Map<T>(_first, _count);
    }

    private void Flush()
    {
        if (_file is null) throw new InvalidOperationException($"There are more than {_count} values.");
        var bytes = MemoryMarshal.AsBytes(_buffer.AsSpan(0, _used));
        _file.Write(bytes, _next);
        _next += bytes.Length;
        _used = 0;
    }
}
