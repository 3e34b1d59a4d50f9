using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>
/// Deals whole groups of rows out to parts, the large ones first, in random order among those of like size. Each goes to the part that it fills least for
/// its share, which is how D'Hondt deals out seats: so each part gets groups of every size, and the small ones even out what the large ones left. Where
/// classes count, each is weighed as much as all rows together. The last groups go to parts that would stay empty.
/// </summary>
internal static class GroupDealer
{
    /// <param name="groups">The rows of each group; put into another order.</param>
    /// <param name="strata">The stratum of each row, for example its class; all 0 where only the number of rows counts.</param>
    /// <param name="shares">The share of each part; of one with none, 0.</param>
    /// <param name="random">Where the order of groups of like size comes from.</param>
    /// <returns>The part of each row.</returns>
    public static int[] Deal(List<List<int>> groups, int[] strata, double[] shares, SeededRandom random)
    {
        random.Shuffle<List<int>>(CollectionsMarshal.AsSpan(groups));
        // Powers of two: sorted by the very size, groups of different sizes would fall the same way whatever the seed.
        var order = groups.OrderByDescending(rows => int.Log2(rows.Count)).ToList();
        var sizes = new int[strata.Max() + 1];
        foreach (var stratum in strata) sizes[stratum]++;
        var filled = new int[shares.Length, sizes.Length];
        var rowsOf = new int[shares.Length];
        var parts = new int[strata.Length];
        var inGroup = new int[sizes.Length];
        var found = new List<int>();
        var empty = shares.Count(share => share > 0);
        for (var i = 0; i < order.Count; i++)
        {
            found.Clear();
            foreach (var row in order[i]) if (inGroup[strata[row]]++ == 0) found.Add(strata[row]);

            var onlyEmpty = order.Count - i <= empty;
            var best = -1;
            var least = double.PositiveInfinity;
            for (var part = 0; part < shares.Length; part++)
            {
                if (shares[part] == 0 || (onlyEmpty && rowsOf[part] > 0)) continue;
                var fill = (double)order[i].Count * (rowsOf[part] + order[i].Count) / strata.Length;
                foreach (var stratum in found) fill += (double)inGroup[stratum] * (filled[part, stratum] + inGroup[stratum]) / sizes[stratum];
                fill /= shares[part];
                if (fill < least) (best, least) = (part, fill);
            }

            if (rowsOf[best] == 0) empty--;
            rowsOf[best] += order[i].Count;
            foreach (var row in order[i]) parts[row] = best;
            foreach (var stratum in found)
            {
                filled[best, stratum] += inGroup[stratum];
                inGroup[stratum] = 0;
            }
        }

        return parts;
    }

    /// <summary>The rows of each group, in the order of their first rows. A row without a value is a group by itself.</summary>
    public static List<List<int>> Groups(Column column)
    {
        var first = RowGroups.FirstEqual([column], column.Count);
        var groups = new List<List<int>>();
        var groupOf = new int[column.Count];
        for (var row = 0; row < column.Count; row++)
        {
            if (first[row] == row || column.IsMissing(row))
            {
                groupOf[row] = groups.Count;
                groups.Add([row]);
            }
            else
            {
                groups[groupOf[first[row]]].Add(row);
            }
        }

        return groups;
    }
}
