using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>Drops rows from what is held of them.</summary>
internal static class RowLists
{
    /// <summary>Leaves only the values at <paramref name="rows"/>, which ascend.</summary>
    public static void Keep<T>(this List<T> values, ReadOnlySpan<int> rows)
    {
        var held = CollectionsMarshal.AsSpan(values);
        for (var i = 0; i < rows.Length; i++) held[i] = held[rows[i]];
        values.RemoveRange(rows.Length, values.Count - rows.Length);
    }
}
