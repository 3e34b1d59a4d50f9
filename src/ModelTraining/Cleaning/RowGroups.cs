using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>Finds equal rows by hash, without a string or an object a row.</summary>
internal static class RowGroups
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    /// <summary>For each row the first one that is equal to it in all of <paramref name="columns"/>: itself where there is none before it.</summary>
    public static int[] FirstEqual(IReadOnlyList<Column> columns, int rowCount)
    {
        var hashes = new ulong[rowCount];
        foreach (var column in columns) Mix(column, hashes);
        return FirstEqual(columns, hashes);
    }

    /// <summary>As the other, by hashes that are there already.</summary>
    /// <param name="columns">The columns that have to be equal.</param>
    /// <param name="hashes">One a row, equal where the columns are.</param>
    /// <param name="passedOver">Rows that are no one's equal; none when empty.</param>
    public static int[] FirstEqual(IReadOnlyList<Column> columns, ReadOnlySpan<ulong> hashes, ReadOnlySpan<bool> passedOver = default)
    {
        var rowCount = hashes.Length;
        var slots = new int[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(rowCount, 1)) * 2];
        var first = new int[rowCount];
        for (var row = 0; row < rowCount; row++)
        {
            first[row] = row;
            if (!passedOver.IsEmpty && passedOver[row]) continue;
            var slot = (int)(hashes[row] >> 32) & (slots.Length - 1);
            while (slots[slot] is var held && held != 0 && !(hashes[held - 1] == hashes[row] && AreEqual(columns, held - 1, row))) slot = (slot + 1) & (slots.Length - 1);
            if (slots[slot] == 0) slots[slot] = row + 1;
            first[row] = slots[slot] - 1;
        }

        return first;
    }

    /// <summary>The hashes of a column's values, other ones for each position among columns.</summary>
    public static ulong[] Hashes(Column column, int position)
    {
        var hashes = new ulong[column.Count];
        hashes.AsSpan().Fill((ulong)position + 1);
        Mix(column, hashes);
        foreach (ref var hash in hashes.AsSpan()) Mix(ref hash, (ulong)position); // sums of hashes have to be as good as hashes
        return hashes;
    }

    private static void Mix(Column column, Span<ulong> hashes)
    {
        switch (column)
        {
            case NumberColumn numbers:
                var floats = numbers.Values;
                for (var row = 0; row < hashes.Length; row++) Mix(ref hashes[row], Bits(floats[row]));
                break;
            case IntegerColumn integers:
                var longs = integers.Values;
                for (var row = 0; row < hashes.Length; row++) Mix(ref hashes[row], (ulong)longs[row]);
                break;
            case BooleanColumn booleans:
                var bytes = booleans.Values;
                for (var row = 0; row < hashes.Length; row++) Mix(ref hashes[row], bytes[row]);
                break;
            case DateTimeColumn dates:
                var times = dates.Values;
                for (var row = 0; row < hashes.Length; row++) Mix(ref hashes[row], (ulong)times[row].Ticks);
                break;
            case TextColumn text:
                var codes = text.Codes;
                for (var row = 0; row < hashes.Length; row++) Mix(ref hashes[row], (ulong)codes[row]);
                break;
            case TensorColumn tensors:
                for (var row = 0; row < hashes.Length; row++) foreach (var value in tensors.Row(row)) Mix(ref hashes[row], Bits(value));
                break;
        }
    }

    private static bool AreEqual(IReadOnlyList<Column> columns, int a, int b)
    {
        foreach (var column in columns)
        {
            var equal = column switch
            {
                NumberColumn numbers => Bits(numbers.Values[a]) == Bits(numbers.Values[b]),
                IntegerColumn integers => integers.Values[a] == integers.Values[b],
                BooleanColumn booleans => booleans.Values[a] == booleans.Values[b],
                DateTimeColumn dates => dates.Values[a] == dates.Values[b],
                TextColumn text => text.Codes[a] == text.Codes[b],
                TensorColumn tensors => MemoryMarshal.AsBytes(tensors.Row(a)).SequenceEqual(MemoryMarshal.AsBytes(tensors.Row(b))),
                _ => false,
            };
            if (!equal) return false;
        }

        return true;
    }

    /// <summary>Both zeros are one number, and all NaNs are one missing value.</summary>
    private static uint Bits(float value) => value == 0 ? 0 : float.IsNaN(value) ? uint.MaxValue : BitConverter.SingleToUInt32Bits(value);

    /// <summary>Takes a value into a row's hash.</summary>
    internal static void Mix(ref ulong hash, ulong value)
    {
        hash = (hash ^ value) * Multiplier;
        hash ^= hash >> 29;
    }
}
