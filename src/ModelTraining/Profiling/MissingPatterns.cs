using System.Numerics;

namespace ModelTraining;

/// <summary>Finds columns that lack their values in the same rows: of two such sets of rows nine in ten are in both (P. Jaccard's index, 1901).</summary>
internal static class MissingPatterns
{
    private const double NearlyTheSame = 0.9;
    private const int FewestRows = 2;
    private const int MostColumns = 200;

    public static IReadOnlyList<MissingGroup> Of(Table table)
    {
        var columns = table.Schema.Where(column => column.Role is ColumnRole.Feature or ColumnRole.Label).Select(info => table[info.Name])
            .Where(column => column.MissingCount >= FewestRows && column.MissingCount < column.Count)
            .OrderByDescending(column => column.MissingCount).Take(MostColumns).ToList();
        var groups = new List<(List<string> Names, ulong[] All, ulong[] First)>();
        foreach (var column in columns)
        {
            var rows = Rows(column);
            var known = groups.Find(group => IsNearlyTheSame(group.First, rows));
            if (known.Names is null)
            {
                groups.Add(([column.Name], rows, (ulong[])rows.Clone()));
                continue;
            }

            known.Names.Add(column.Name);
            for (var i = 0; i < rows.Length; i++) known.All[i] &= rows[i];
        }

        return [.. groups.Where(group => group.Names.Count > 1).Select(group => new MissingGroup(group.Names, Count(group.All)))];
    }

    private static ulong[] Rows(Column column)
    {
        var rows = new ulong[(column.Count + 63) / 64];
        for (var row = 0; row < column.Count; row++) if (column.IsMissing(row)) rows[row >> 6] |= 1UL << row;
        return rows;
    }

    private static bool IsNearlyTheSame(ulong[] a, ulong[] b)
    {
        var (both, any) = (0L, 0L);
        for (var i = 0; i < a.Length; i++)
        {
            both += BitOperations.PopCount(a[i] & b[i]);
            any += BitOperations.PopCount(a[i] | b[i]);
        }

        return both >= any * NearlyTheSame;
    }

    private static int Count(ulong[] rows)
    {
        var count = 0;
        foreach (var word in rows) count += BitOperations.PopCount(word);
        return count;
    }
}
