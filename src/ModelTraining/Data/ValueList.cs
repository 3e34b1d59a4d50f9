using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>Values of rows whose number is not known yet, in blocks: none is copied when more rows come, and full ones may go to a file. Not thread-safe.</summary>
internal sealed class ValueList<T> where T : unmanaged
{
    private const int BlockValues = 1 << 16;
    private const int FirstValues = 8;

    private readonly List<(T[]? Values, SpillFile? File, long Offset)> _full = [];
    private T[] _last = new T[FirstValues];
    private int _used;

    public int Count => checked((_full.Count * BlockValues) + _used);

    /// <param name="value">The value.</param>
    /// <param name="spill">Where full blocks go once it is on; null for memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T value, SpillStore? spill)
    {
        if (_used == _last.Length) Grow(spill);
        _last[_used++] = value;
    }

    /// <summary>Leaves only the values at <paramref name="rows"/>, which ascend, of <paramref name="width"/> values each.</summary>
    public void Keep(ReadOnlySpan<int> rows, SpillStore? spill, int width = 1)
    {
        var kept = new ValueList<T>();
        var (first, next, room) = (0L, 0L, default(T[]));
        for (var block = 0; block <= _full.Count; block++)
        {
            var values = Read(block, ref room);
            for (; next < (long)rows.Length * width; next++)
            {
                var at = ((long)rows[(int)(next / width)] * width) + (next % width) - first;
                if (at >= values.Length) break;
                kept.Add(values[(int)at], spill);
            }

            first += values.Length;
        }

        Become(kept);
    }

    /// <summary>Makes others of all values, one after the other.</summary>
    public void Map(Func<T, T> map, SpillStore? spill)
    {
        var mapped = new ValueList<T>();
        var room = default(T[]);
        for (var block = 0; block <= _full.Count; block++) foreach (var value in Read(block, ref room)) mapped.Add(map(value), spill);
        Become(mapped);
    }

    /// <summary>All values, where <paramref name="spill"/> keeps them.</summary>
    public ReadOnlyMemory<T> ToMemory(SpillStore? spill)
    {
        var writer = new ColumnWriter<T>(spill, Count);
        var room = default(T[]);
        for (var block = 0; block <= _full.Count; block++) writer.Add(Read(block, ref room));
        return writer.Done();
    }

    private void Become(ValueList<T> other)
    {
        _full.Clear();
        _full.AddRange(other._full);
        (_last, _used) = (other._last, other._used);
    }

    private ReadOnlySpan<T> Read(int block, ref T[]? room)
    {
        if (block == _full.Count) return _last.AsSpan(0, _used);
        var (values, file, offset) = _full[block];
        if (values is not null) return values;
        room ??= new T[BlockValues];
        file!.Read(MemoryMarshal.AsBytes(room.AsSpan()), offset);
        return room;
    }

    private void Grow(SpillStore? spill)
    {
        if (_last.Length < BlockValues)
        {
            Array.Resize(ref _last, _last.Length * 2);
            return;
        }

        _used = 0;
        if (spill?.Scratch is { } file)
        {
            var bytes = MemoryMarshal.AsBytes(_last.AsSpan());
            var offset = file.Reserve(bytes.Length);
            file.Write(bytes, offset);
            _full.Add((null, file, offset));
        }
        else
        {
            _full.Add((_last, null, 0));
            _last = new T[BlockValues];
        }
    }
}
