namespace ModelTraining;

/// <summary>Reads text as numbers with units, as the user says they are. What can't be read becomes missing, and is told with its place.</summary>
internal static class TextToMeasures
{
    private const int MostTold = 3;

    /// <param name="values">The text.</param>
    /// <param name="given">The format that the source states.</param>
    /// <param name="unit">The units.</param>
    /// <exception cref="ModelTrainingException">MT2260: no value can be read.</exception>
    public static TextReading Read(TextValues values, TextFormat given, Unit unit)
    {
        var column = values.Column;
        var best = Candidates(given, unit).Select(format => Read(values, format)).MaxBy(reading => reading.Rows)!;
        if (best.Rows == 0 && values.Present > 0)
        {
            throw new ModelTrainingException("MT2260", $"None of the {values.Present} values of column '{column.Name}' is a number in {string.Join(" or ", unit.Factors.Keys)}, for example '{Excerpt.Of(First(values, best.Readable))}'. Name the units that it is written in, or take it out of '{nameof(CleanOptions.Units)}'.");
        }

        return new TextReading(new NumberColumn(column.Name, values.Rows(best.Numbers, best.Readable, float.NaN)), best.Format, best.Rows, $"are numbers in {unit.Target}") { Unit = unit };
    }

    /// <summary>What to tell of values that could not be read: the first of them with their rows.</summary>
    public static string Warning(Unit unit, CleanFinding unreadable) =>
        $"Column '{unit.Column}': {unreadable.Count} of {unreadable.Of} values are in none of its units ({string.Join(", ", unit.Factors.Keys)}) and became missing: {string.Join(", ", unreadable.Examples.Take(MostTold).Select(example => FormattableString.Invariant($"{example.Before} in row {example.Row}")))}. Name their unit in '{nameof(CleanOptions.Units)}', or correct the source.";

    private static IEnumerable<TextFormat> Candidates(TextFormat given, Unit unit)
    {
        var format = given with { Units = unit.Factors };
        return [format, format with { DecimalComma = !given.DecimalComma }];
    }

    private static (int Rows, TextFormat Format, float[] Numbers, bool[] Readable) Read(TextValues values, TextFormat format)
    {
        var (rows, numbers, readable) = (0, new float[values.Counts.Length], new bool[values.Counts.Length]);
        for (var code = 0; code < numbers.Length; code++)
        {
            if (values.Counts[code] == 0) continue;
            var text = values.Column.Categories[code];
            readable[code] = format.TryParseNumber(text, out numbers[code]) || format.TryParseMeasure(text, out numbers[code]) || format.TryParseDecorated(text, out numbers[code]);
            if (readable[code]) rows += values.Counts[code];
        }

        return (rows, format, numbers, readable);
    }

    private static string First(TextValues values, bool[] readable)
    {
        for (var code = 0; code < readable.Length; code++) if (values.Counts[code] > 0 && !readable[code]) return values.Column.Categories[code];
        return "";
    }
}
