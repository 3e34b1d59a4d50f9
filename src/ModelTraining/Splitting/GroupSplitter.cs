using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>
/// Deals whole groups of rows out to the parts, the large ones first, in random order among those of like size. Each goes to the part that it fills least for
/// its share, which is how D'Hondt deals out seats: so each part gets groups of every size, and the small ones even out what the large ones left. Where
/// classes count, each is weighed as much as all rows together. The last groups go to parts that would stay empty.
/// </summary>
internal sealed class GroupSplitter(SplitOptions options)
{
    private readonly double[] _shares = [1 - options.Test - options.Validation, options.Validation, options.Test];

    /// <exception cref="ModelTrainingException">MT2310: there are too few rows. MT2313: there are fewer groups than parts.</exception>
    public DataSplit Split(Column column, Target target, SeededRandom random)
    {
        Splitter.CheckRowCount(options, column.Count);
        var groups = Groups(column);
        var partCount = _shares.Count(share => share > 0);
        if (groups.Count < partCount)
        {
            throw new ModelTrainingException("MT2313",
                $"Column '{column.Name}', which the 'GroupBy' option of Split names, has {groups.Count} groups for {partCount} parts. Choose a column of more values{(partCount > 2 ? ", or set 'Validation' to 0" : "")}.");
        }

        random.Shuffle<List<int>>(CollectionsMarshal.AsSpan(groups));
        // Powers of two: sorted by the very size, groups of different sizes would fall the same way whatever the seed.
        var order = groups.OrderByDescending(rows => int.Log2(rows.Count)).ToList();
        var stratified = options.Stratify ?? target.Task != LearningTask.Regression;
        var parts = Deal(order, stratified ? Splitter.Strata(target) : new int[column.Count]);
        return Splitter.ToSplit(parts, stratified);
    }

    private byte[] Deal(List<List<int>> groups, int[] strata)
    {
        var sizes = new int[strata.Max() + 1];
        foreach (var stratum in strata) sizes[stratum]++;
        var filled = new int[3, sizes.Length];
        var rowsOf = new int[3];
        var parts = new byte[strata.Length];
        var inGroup = new int[sizes.Length];
        var found = new List<int>();
        var empty = _shares.Count(share => share > 0);
        for (var i = 0; i < groups.Count; i++)
        {
            found.Clear();
            foreach (var row in groups[i]) if (inGroup[strata[row]]++ == 0) found.Add(strata[row]);

            var onlyEmpty = groups.Count - i <= empty;
            var best = -1;
            var least = double.PositiveInfinity;
            for (var part = 0; part < 3; part++)
            {
                if (_shares[part] == 0 || (onlyEmpty && rowsOf[part] > 0)) continue;
                var fill = (double)groups[i].Count * (rowsOf[part] + groups[i].Count) / strata.Length;
                foreach (var stratum in found) fill += (double)inGroup[stratum] * (filled[part, stratum] + inGroup[stratum]) / sizes[stratum];
                fill /= _shares[part];
                if (fill < least) (best, least) = (part, fill);
            }

            if (rowsOf[best] == 0) empty--;
            rowsOf[best] += groups[i].Count;
            foreach (var row in groups[i]) parts[row] = (byte)best;
            foreach (var stratum in found)
            {
                filled[best, stratum] += inGroup[stratum];
                inGroup[stratum] = 0;
            }
        }

        return parts;
    }

    /// <summary>The rows of each group, in the order of their first rows.</summary>
    private static List<List<int>> Groups(Column column)
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
