namespace ModelTraining;

/// <summary>
/// A column as associations need it: numbers brought to mean 0 and deviation 1, with the position of each among the different ones; or categories as codes.
/// Immutable.
/// </summary>
internal sealed class AssociationColumn
{
    /// <summary>Columns of more categories name rather than group.</summary>
    public const int MostCategories = 1000;

    private AssociationColumn(string name, int[] codes, int levels, float[] numbers)
    {
        (Name, Codes, Levels, Numbers) = (name, codes, levels, numbers);
        IsWhole = !codes.Contains(-1);
        Ranks = numbers.Length > 0 && IsWhole ? MeanRanks() : [];
    }

    public string Name { get; }

    public bool IsCategory => Numbers.Length == 0;

    /// <summary>Of each row the category, or the position of its number among the different ones; −1 where missing.</summary>
    public int[] Codes { get; }

    /// <summary>The number of different codes.</summary>
    public int Levels { get; }

    /// <summary>The numbers, of mean 0 and deviation 1; empty for categories.</summary>
    public float[] Numbers { get; }

    /// <summary>Whether no row is missing.</summary>
    public bool IsWhole { get; }

    /// <summary>The mean ranks of the numbers, of mean 0 and deviation 1; empty unless the column is whole.</summary>
    public float[] Ranks { get; }

    /// <summary>Null where a column goes with none: it has one value, no numbers, or names its rows.</summary>
    /// <param name="column">The rows to look at.</param>
    /// <param name="asCategory">Whether its numbers are classes.</param>
    public static AssociationColumn? Of(Column column, bool asCategory)
    {
        switch (column)
        {
            case TextColumn text:
                return !asCategory && TextProfiles.Of(text) != TextProfile.Categories ? null : Categories(column.Name, Dense(text));
            case BooleanColumn booleans:
                return Categories(column.Name, Dense(Array.ConvertAll(booleans.Values.ToArray(), static value => value == BooleanColumn.Missing ? double.NaN : value)));
            case NumberColumn or IntegerColumn or DateTimeColumn:
                var values = Values(column);
                var dense = Dense(values);
                return asCategory ? Categories(column.Name, dense) : dense.Levels < 2 ? null : new AssociationColumn(column.Name, dense.Codes, dense.Levels, Standardised(values));
            default:
                return null;
        }
    }

    private static AssociationColumn? Categories(string name, (int[] Codes, int Levels) dense) =>
        dense.Levels is < 2 or > MostCategories ? null : new AssociationColumn(name, dense.Codes, dense.Levels, []);

    private static double[] Values(Column column)
    {
        switch (column)
        {
            case NumberColumn numbers: return Array.ConvertAll(numbers.Values.ToArray(), static value => float.IsFinite(value) ? value : double.NaN);
            case IntegerColumn integers: return Array.ConvertAll(integers.Values.ToArray(), static value => value == IntegerColumn.Missing ? double.NaN : value);
            default: return Array.ConvertAll(((DateTimeColumn)column).Values.ToArray(), static value => value == DateTimeColumn.Missing ? double.NaN : value.Ticks);
        }
    }

    private static (int[] Codes, int Levels) Dense(TextColumn text)
    {
        var codeOf = new int[text.Categories.Length];
        var levels = 0;
        var counts = CategoryCounts.ByCode(text);
        for (var code = 0; code < codeOf.Length; code++) codeOf[code] = counts[code] > 0 ? levels++ : -1;
        return (Array.ConvertAll(text.Codes.ToArray(), code => code == TextColumn.MissingCode ? -1 : codeOf[code]), levels);
    }

    private static (int[] Codes, int Levels) Dense(double[] values)
    {
        var sorted = (double[])values.Clone();
        var order = new int[values.Length];
        for (var row = 0; row < order.Length; row++) order[row] = row;
        Array.Sort(sorted, order);
        var codes = new int[values.Length];
        var code = -1;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (double.IsNaN(sorted[i]))
            {
                codes[order[i]] = -1;
                continue;
            }

            if (code < 0 || sorted[i] != sorted[i - 1]) code++;
            codes[order[i]] = code;
        }

        return (codes, code + 1);
    }

    private static float[] Standardised(double[] values)
    {
        var (count, sum) = (0, 0.0);
        foreach (var value in values)
        {
            if (double.IsNaN(value)) continue;
            sum += value;
            count++;
        }

        var (mean, squares) = (sum / count, 0.0);
        foreach (var value in values) if (!double.IsNaN(value)) squares += (value - mean) * (value - mean);
        var scale = 1 / Math.Sqrt(squares / count);
        return Array.ConvertAll(values, value => (float)((value - mean) * scale));
    }

    private float[] MeanRanks()
    {
        var counts = new int[Levels];
        foreach (var code in Codes) counts[code]++;
        var rankOf = RankSums.MeanRanks(counts);
        return Standardised(Array.ConvertAll(Codes, code => rankOf[code]));
    }
}
