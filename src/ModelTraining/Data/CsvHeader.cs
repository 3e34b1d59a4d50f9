namespace ModelTraining;

/// <summary>Makes names of columns out of the first line; what it has to repair, it reports.</summary>
internal static class CsvHeader
{
    /// <param name="fields">The fields of the first line.</param>
    /// <param name="dialect">How many fields the rows have.</param>
    /// <param name="options">Names that must be certain.</param>
    /// <param name="source">The name of the input.</param>
    /// <param name="line">The line of the header.</param>
    /// <param name="context">Takes the repairs.</param>
    public static string[] Names(IReadOnlyList<string> fields, CsvDialect dialect, CsvOptions options, string source, long line, SourceContext context)
    {
        var names = fields.Select(field => field.Trim()).ToList();
        if (names[0].StartsWith('#'))
        {
            context.Repaired($"{source}: the header starts with '#', which is no part of the first name.");
            names[0] = HeaderDetection.Name(names[0]);
        }

        var misfit = dialect.FieldCount > 0 && dialect.RowsAgree && names.Count > dialect.FieldCount;
        while (misfit && names.Count > dialect.FieldCount && names[^1].Length == 0) names.RemoveAt(names.Count - 1);
        if (misfit && names.Count > dialect.FieldCount) Misfit(names, dialect.FieldCount, options, source, line, context);
        MakeUnique(names, options, source, line, context);
        return [.. names];
    }

    /// <summary>Names for columns that have none.</summary>
    public static string[] MadeUp(int count) => [.. Enumerable.Range(0, count).Select(HeaderDetection.MadeUp)];

    /// <summary>
    /// More names than fields: a name that held the delimiter was torn apart, or the rows lack their last values. Which name belongs to which field can't be
    /// known, but for the first. So the others are not used; who asks for one gets an error, not another column.
    /// </summary>
    private static void Misfit(List<string> names, int count, CsvOptions options, string source, long line, SourceContext context)
    {
        var said = options.SaidNames.FirstOrDefault(name => names.IndexOf(name) > 0);
        if (said is not null)
        {
            throw new ModelTrainingException("MT2105",
                $"{source}, line {line}: the header has {names.Count} names, but the rows have {count} fields, so it is not known which of them is '{said}'. Correct the header, or name the column by its position: column0 to column{count - 1}.");
        }

        var given = CsvHeader.MadeUp(count);
        context.Repaired($"{source}: the header has {names.Count} names, but the rows have {count} fields. The columns are called {names[0]}, {string.Join(", ", given.Skip(1))}. Correct the header to have its names.");
        for (var i = 1; i < count; i++) names[i] = given[i];
        names.RemoveRange(count, names.Count - count);
    }

    private static void MakeUnique(List<string> names, CsvOptions options, string source, long line, SourceContext context)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var original = names.ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i].Length > 0 ? names[i] : HeaderDetection.MadeUp(i);
            var unique = name;
            for (var next = 2; taken.Contains(unique) || (unique != names[i] && original.Contains(unique)); next++) unique = $"{name}_{next}";
            if (names[i].Length == 0)
            {
                context.Repaired($"{source}: column {i + 1} has no name; it is called '{unique}'.");
            }
            else if (unique != name)
            {
                if (options.SaidNames.Contains(name)) throw new ModelTrainingException("MT2105", $"{source}, line {line}: two columns are called '{name}', so it is not known which is meant. Rename one of them.");
                context.Repaired($"{source}: column {i + 1} is called '{name}' like another; it is called '{unique}'.");
            }

            taken.Add(unique);
            names[i] = unique;
        }
    }
}
