using System.Buffers.Binary;

namespace ModelTraining;

/// <summary>
/// A column's values as they were written: trimmed UTF-8, one after the other, each behind its length. A value costs its bytes and one more; there
/// is no object per value. It is kept until all rows are there, as only then the type is known. An empty value is a missing one.
/// </summary>
/// <param name="spill">Where full chunks go once it is on; null for memory.</param>
internal sealed class RawColumn(SpillStore? spill = null)
{
    private const byte LongFollows = 255;
    private const int FirstChunk = 4 << 10;
    private const int LargestChunk = 64 << 10;

    private List<Chunk> _full = [];
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(FirstChunk);
    private int _length;
    private long _fullBytes;

    public int Count { get; private set; }

    /// <summary>What the values take.</summary>
    public long Bytes => _fullBytes + _length;

    public void Append(ReadOnlySpan<byte> value)
    {
        var needed = value.Length + (value.Length < LongFollows ? 1 : 1 + sizeof(int));
        if (_length + needed > _bytes.Length) Grow(needed);
        var target = _bytes.AsSpan(_length);
        if (value.Length < LongFollows)
        {
            target[0] = (byte)value.Length;
            value.CopyTo(target[1..]);
        }
        else
        {
            target[0] = LongFollows;
            BinaryPrimitives.WriteInt32LittleEndian(target[1..], value.Length);
            value.CopyTo(target[(1 + sizeof(int))..]);
        }

        _length += needed;
        Count++;
    }

    /// <summary>Leaves only the values at <paramref name="rows"/>, which ascend and are counted from <paramref name="first"/>.</summary>
    public void Keep(ReadOnlySpan<int> rows, int first)
    {
        var kept = new RawColumn(spill);
        var row = first;
        foreach (var value in this)
        {
            if (kept.Count == rows.Length) break;
            if (rows[kept.Count] == row++) kept.Append(value);
        }

        (_full, _fullBytes, _bytes, _length, Count) = (kept._full, kept._fullBytes, kept._bytes, kept._length, kept.Count);
    }

    private void Grow(int needed)
    {
        _fullBytes += _length;
        if (spill?.Scratch is { } file && _bytes.Length >= LargestChunk)
        {
            var offset = file.Reserve(_length);
            file.Write(_bytes.AsSpan(0, _length), offset);
            _full.Add(new Chunk(null, file, offset, _length));
            if (_bytes.Length > LargestChunk || needed > LargestChunk) _bytes = GC.AllocateUninitializedArray<byte>(Math.Max(LargestChunk, needed));
        }
        else
        {
            _full.Add(new Chunk(_bytes, null, 0, _length));
            _bytes = GC.AllocateUninitializedArray<byte>(Math.Max(Math.Min(_bytes.Length * 2, LargestChunk), needed));
        }

        _length = 0;
    }

    public Enumerator GetEnumerator() => new(this);

    /// <summary>Bytes in memory, or where they are in a file.</summary>
    private readonly record struct Chunk(byte[]? Bytes, SpillFile? File, long Offset, int Length);

    /// <summary>The values in their order. One is good until the next is asked for.</summary>
    public ref struct Enumerator(RawColumn? column)
    {
        private ReadOnlySpan<byte> _rest;
        private byte[]? _room;
        private int _chunk;

        public ReadOnlySpan<byte> Current { get; private set; }

        public bool MoveNext()
        {
            while (_rest.IsEmpty)
            {
                if (column is null || _chunk > column._full.Count) return false;
                _rest = _chunk == column._full.Count ? column._bytes.AsSpan(0, column._length) : Read(column._full[_chunk]);
                _chunk++;
            }

            int length = _rest[0];
            var start = 1;
            if (length == LongFollows)
            {
                length = BinaryPrimitives.ReadInt32LittleEndian(_rest[1..]);
                start += sizeof(int);
            }

            Current = _rest.Slice(start, length);
            _rest = _rest[(start + length)..];
            return true;
        }

        private ReadOnlySpan<byte> Read(Chunk chunk)
        {
            if (chunk.Bytes is not null) return chunk.Bytes.AsSpan(0, chunk.Length);
            if (_room is null || _room.Length < chunk.Length) _room = GC.AllocateUninitializedArray<byte>(Math.Max(chunk.Length, LargestChunk));
            var bytes = _room.AsSpan(0, chunk.Length);
            chunk.File!.Read(bytes, chunk.Offset);
            return bytes;
        }
    }
}
