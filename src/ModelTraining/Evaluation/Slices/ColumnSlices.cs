using System.Globalization;

namespace ModelTraining;

/// <summary>Divides rows by the values of a column: by each where there are few, numbers and dates by quarters where there are many.</summary>
internal static class ColumnSlices
{
    private const int MostValues = 10;
    private const int MostCategories = 20;
    private const int Parts = 4;
    private const string Missing = "(missing)";
    private const string Other = "(other)";

    /// <returns>For each slice its value in words and its rows, as positions in <paramref name="rows"/>.</returns>
    public static IReadOnlyList<(string Value, int[] Rows)> Of(Column column, int[] rows)
    {
        var present = Enumerable.Range(0, rows.Length).Where(i => !column.IsMissing(rows[i])).ToArray();
        var slices = column switch
        {
            TextColumn text => ByName(present, i => text.Text(rows[i])!),
            BooleanColumn booleans => ByName(present, i => booleans.Values[rows[i]] != 0 ? "true" : "false"),
            IntegerColumn integers => ByNumber(present, i => integers.Values[rows[i]], value => value.ToString("0", CultureInfo.InvariantCulture)),
            NumberColumn numbers => ByNumber(present, i => numbers.Values[rows[i]], ReportNumber.Short),
            DateTimeColumn dates => ByNumber(present, i => dates.Values[rows[i]].Ticks, value => new DateTime((long)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            _ => throw new NotSupportedException($"Column '{column.Name}' has no values to slice by."),
        };
        if (present.Length < rows.Length) slices.Add((Missing, [.. Enumerable.Range(0, rows.Length).Except(present)]));
        return slices;
    }

    private static List<(string, int[])> ByName(int[] present, Func<int, string> nameOf)
    {
        var groups = present.GroupBy(nameOf).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.ToArray())).ToList();
        if (groups.Count <= MostCategories) return groups;
        return [.. groups.Take(MostCategories - 1), (Other, [.. groups.Skip(MostCategories - 1).SelectMany(group => group.Item2).Order()])];
    }

    private static List<(string, int[])> ByNumber(int[] present, Func<int, double> valueOf, Func<double, string> word)
    {
        var values = Array.ConvertAll(present, i => valueOf(i));
        if (values.Distinct().Count() <= MostValues)
        {
            return [.. present.GroupBy(valueOf).OrderBy(group => group.Key).Select(group => (word(group.Key), group.ToArray()))];
        }

        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        double[] bounds = [.. Enumerable.Range(1, Parts - 1).Select(part => sorted[part * sorted.Length / Parts]).Distinct().Where(bound => bound > sorted[0])];
        var slices = new List<(string, int[])>();
        for (var part = 0; part <= bounds.Length; part++)
        {
            var (low, high) = (part == 0 ? sorted[0] : bounds[part - 1], part == bounds.Length ? sorted[^1] : bounds[part]);
            int[] rows = [.. present.Where((_, i) => values[i] >= low && (part == bounds.Length || values[i] < high))];
            slices.Add((part == bounds.Length ? $"{word(low)} to {word(high)}" : $"{word(low)} to below {word(high)}", rows));
        }

        return slices;
    }
}
