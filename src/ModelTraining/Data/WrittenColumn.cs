using System.Buffers.Binary;

namespace ModelTraining;

/// <summary>
/// A column's values as they were written, kept until all rows are there, as only then its type is known. As long as values recur, each distinct one is
/// kept once and a row is a code, which is also what makes typing them cheap. A column whose values hardly recur goes on as <see cref="RawColumn"/>. In
/// neither form is there an object per value.
/// </summary>
/// <param name="markers">What stands for a missing value.</param>
/// <param name="spill">Where what fills memory goes once it is on; null for memory.</param>
internal sealed class WrittenColumn(MissingMarkers markers, SpillStore? spill = null)
{
    private const int EnoughToTell = 1024;
    private const int MostDistinct = 1 << 16;
    private const int MostProbes = 32;
    private const int FirstSlots = 8;

    private Entry[] _entries = new Entry[FirstSlots / 2];
    private int _entryCount;
    private readonly List<(int Start, int Length)> _distinct = [];
    private int[] _slots = new int[FirstSlots];
    private byte[] _bytes = new byte[FirstSlots * sizeof(ulong)];
    private int _bytesUsed;
    private readonly CodeList _codes = new(spill);
    private RawColumn? _raw;

    public int Count => _codes.Count + (_raw?.Count ?? 0);

    /// <summary>What the rows take, or will take as a typed column, whichever is more.</summary>
    public long Bytes => Math.Max(_codes.Bytes + _bytesUsed + (_raw?.Bytes ?? 0), (long)TableMemory.BytesAValue * Count);

    /// <summary>Whether each row is a code.</summary>
    public bool IsCoded => _raw is null;

    /// <summary>Whether rows were dropped, so that codes may stand for values that no row has.</summary>
    public bool HasDropped { get; private set; }

    /// <summary>One code a row as far as rows are codes, <see cref="TextColumn.MissingCode"/> where missing. The first to occur is 0, and so on.</summary>
    public CodeList Codes => _codes;

    /// <summary>The values that do not have codes; they follow those that have.</summary>
    public RawColumn? Rest => _raw;

    /// <summary>The number of codes.</summary>
    public int DistinctCount => _distinct.Count;

    /// <summary>Adds a row.</summary>
    /// <param name="value">Trimmed UTF-8.</param>
    public void Append(ReadOnlySpan<byte> value)
    {
        if (_raw is not null)
        {
            _raw.Append(markers.Contains(value) ? default : value);
            return;
        }

        if (value.IsEmpty)
        {
            _codes.Add(TextColumn.MissingCode);
            return;
        }

        var key = Key(value);
        var slots = _slots;
        var slot = Slot(key, slots.Length);
        for (var probes = 0; probes < MostProbes; probes++)
        {
            var position = slots[slot] - 1;
            if (position < 0)
            {
                Add(value, key, slot);
                return;
            }

            ref readonly var entry = ref _entries[position];
            if (entry.Key == key && entry.Length == value.Length && (value.Length <= sizeof(ulong) || value.SequenceEqual(_bytes.AsSpan(entry.Start, entry.Length))))
            {
                _codes.Add(entry.Code);
                return;
            }

            slot = (slot + 1) & (slots.Length - 1);
        }

        GoOnRaw(value);
    }

    /// <summary>Leaves only <paramref name="rows"/>, which ascend. Values that no row has any more keep their codes.</summary>
    public void Keep(ReadOnlySpan<int> rows)
    {
        HasDropped = true;
        var coded = 0;
        while (coded < rows.Length && rows[coded] < _codes.Count) coded++;
        _raw?.Keep(rows[coded..], _codes.Count);
        _codes.Keep(rows[..coded]);
    }

    /// <summary>The value that <paramref name="code"/> stands for.</summary>
    public ReadOnlySpan<byte> Distinct(int code) => _bytes.AsSpan(_distinct[code].Start, _distinct[code].Length);

    /// <summary>All values that are not missing, those that have codes once each.</summary>
    public WrittenGroups Groups() => new(this);

    private void Add(ReadOnlySpan<byte> value, ulong key, int slot)
    {
        if (_entryCount >= MostDistinct || (_entryCount >= EnoughToTell && _entryCount * 2 > _codes.Count))
        {
            GoOnRaw(value);
            return;
        }

        if (_bytesUsed + value.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(checked(_bytes.Length * 2), checked(_bytesUsed + value.Length)));
        value.CopyTo(_bytes.AsSpan(_bytesUsed));
        var code = TextColumn.MissingCode;
        if (!markers.Contains(value))
        {
            code = _distinct.Count;
            _distinct.Add((_bytesUsed, value.Length));
        }

        if (_entryCount == _entries.Length) Array.Resize(ref _entries, _entryCount * 2);
        _entries[_entryCount++] = new Entry(key, _bytesUsed, value.Length, code);
        _bytesUsed += value.Length;
        _slots[slot] = _entryCount;
        _codes.Add(code);
        if (_entryCount * 2 > _slots.Length) Rehash();
    }

    private void Rehash()
    {
        _slots = new int[_slots.Length * 2];
        for (var i = 0; i < _entryCount; i++)
        {
            var slot = Slot(_entries[i].Key, _slots.Length);
            while (_slots[slot] != 0) slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = i + 1;
        }
    }

    private void GoOnRaw(ReadOnlySpan<byte> value)
    {
        _raw = new RawColumn(spill);
        (_slots, _entries) = ([], []);
        Append(value);
    }

    /// <summary>The bytes themselves where there are at most eight, otherwise a hash of them.</summary>
    private static ulong Key(ReadOnlySpan<byte> value)
    {
        switch (value.Length)
        {
            case < sizeof(uint):
                return value[0] | ((ulong)value[value.Length / 2] << 8) | ((ulong)value[^1] << 16);
            case <= sizeof(ulong):
                return BinaryPrimitives.ReadUInt32LittleEndian(value) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(value[^sizeof(uint)..]) << 32);
            case <= 2 * sizeof(ulong):
                return Mixed((ulong)value.Length ^ BinaryPrimitives.ReadUInt64LittleEndian(value)) ^ BinaryPrimitives.ReadUInt64LittleEndian(value[^sizeof(ulong)..]);
            default:
                var key = (ulong)value.Length;
                for (; value.Length > sizeof(ulong); value = value[sizeof(ulong)..]) key = Mixed(key ^ BinaryPrimitives.ReadUInt64LittleEndian(value));
                return Mixed(key ^ Key(value));
        }
    }

    private static int Slot(ulong key, int slots) => (int)(Mixed(key) >> 32) & (slots - 1);

    private static ulong Mixed(ulong value)
    {
        value *= 0x9E3779B97F4A7C15;
        return value ^ (value >> 32);
    }

    private readonly record struct Entry(ulong Key, int Start, int Length, int Code);
}
