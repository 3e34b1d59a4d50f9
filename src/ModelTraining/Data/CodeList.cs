using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>
/// One code a row, in blocks that are kept as narrow as their codes: a column of up to 254 distinct values costs a byte a row. No block is copied
/// when more rows come.
/// </summary>
/// <param name="spill">Where full blocks go once it is on; null for memory.</param>
internal sealed class CodeList(SpillStore? spill = null)
{
    private const int BlockRows = 1 << 16;
    private const int FirstRows = 8;

    private readonly List<Block> _full = [];
    private int[] _last = new int[FirstRows];
    private int _used;

    public int Count => (_full.Count * BlockRows) + _used;

    /// <summary>What the codes take.</summary>
    public long Bytes { get; private set; }

    /// <param name="code">At least <see cref="TextColumn.MissingCode"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int code)
    {
        if (_used == _last.Length) Grow();
        _last[_used++] = code;
    }

    /// <summary>Leaves only the codes at <paramref name="rows"/>, which ascend.</summary>
    public void Keep(ReadOnlySpan<int> rows)
    {
        var kept = new CodeList(spill);
        var first = 0;
        foreach (var codes in this)
        {
            for (; kept.Count < rows.Length && rows[kept.Count] < first + codes.Length;) kept.Add(codes[rows[kept.Count] - first]);
            first += codes.Length;
        }

        _full.Clear();
        _full.AddRange(kept._full);
        (_last, _used, Bytes) = (kept._last, kept._used, kept.Bytes);
    }

    /// <summary>The codes, a block at a time. What it gives is good until it is asked for the next.</summary>
    public Enumerator GetEnumerator() => new(this);

    private void Grow()
    {
        if (_last.Length < BlockRows)
        {
            Array.Resize(ref _last, _last.Length * 2);
            return;
        }

        var most = 0;
        foreach (var code in _last) most = Math.Max(most, code + 1);
        if (most <= byte.MaxValue) Fill<byte>(static code => (byte)(code + 1));
        else if (most <= ushort.MaxValue) Fill<ushort>(static code => (ushort)(code + 1));
        else Fill<int>(static code => code);
        _used = 0;
    }

    private void Fill<T>(Func<int, T> narrow) where T : unmanaged
    {
        var block = new T[BlockRows];
        for (var row = 0; row < block.Length; row++) block[row] = narrow(_last[row]);
        var bytes = MemoryMarshal.AsBytes(block.AsSpan());
        Bytes += bytes.Length;
        if (spill?.Scratch is not { } file)
        {
            _full.Add(new Block(block, null, 0, Unsafe.SizeOf<T>()));
            return;
        }

        var offset = file.Reserve(bytes.Length);
        file.Write(bytes, offset);
        _full.Add(new Block(null, file, offset, Unsafe.SizeOf<T>()));
    }

    /// <summary>Codes in memory, or where they are in a file, and the bytes of each.</summary>
    private readonly record struct Block(Array? Codes, SpillFile? File, long Offset, int Size)
    {
        public Array Read()
        {
            if (Codes is not null) return Codes;
            return Size switch { sizeof(byte) => Read<byte>(), sizeof(ushort) => Read<ushort>(), _ => Read<int>() };
        }

        private T[] Read<T>() where T : unmanaged
        {
            var codes = GC.AllocateUninitializedArray<T>(BlockRows);
            File!.Read(MemoryMarshal.AsBytes(codes.AsSpan()), Offset);
            return codes;
        }
    }

    /// <summary>Gives the blocks.</summary>
    public ref struct Enumerator(CodeList list)
    {
        private int[]? _room;
        private int _next;

        public ReadOnlySpan<int> Current { get; private set; }

        public bool MoveNext()
        {
            if (_next > list._full.Count) return false;
            Current = _next == list._full.Count ? list._last.AsSpan(0, list._used) : Widened(list._full[_next].Read());
            _next++;
            return true;
        }

        private ReadOnlySpan<int> Widened(Array block)
        {
            if (block is int[] whole) return whole;
            _room ??= new int[BlockRows];
            if (block is byte[] bytes) for (var row = 0; row < bytes.Length; row++) _room[row] = bytes[row] - 1;
            else if (block is ushort[] words) for (var row = 0; row < words.Length; row++) _room[row] = words[row] - 1;
            return _room;
        }
    }
}
