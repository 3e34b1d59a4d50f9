namespace ModelTraining;

/// <summary>Finds what <see cref="SpellingRepair"/> repairs in one column.</summary>
internal sealed class SpellingSearch
{
    private readonly TextColumn _column;
    private readonly string?[] _withoutBlanks;
    private readonly string?[] _becomes;

    /// <param name="column">The text as it came.</param>
    /// <param name="format">What stands for a missing value in it.</param>
    /// <param name="formats">Whether blanks and words for missing values are repaired.</param>
    /// <param name="spelling">Whether names that differ in case or blanks only become one.</param>
    public SpellingSearch(TextColumn column, TextFormat format, bool formats, bool spelling)
    {
        _column = column;
        var categories = column.Categories;

        // Sentences are no names that are spelled: the exported model would hold each of them that has two blanks somewhere, for nobody to meet again.
        var sentences = TextProfiles.Of(column) == TextProfile.Prose;
        _withoutBlanks = new string?[categories.Length];
        for (var code = 0; code < categories.Length; code++) _withoutBlanks[code] = formats && (!sentences || format.IsMissingHere(categories[code])) ? Blanks.OrMissing(categories[code], format) : categories[code];
        _becomes = spelling && !sentences ? Merge(_withoutBlanks, CategoryCounts.ByCode(column)) : _withoutBlanks;
    }

    /// <summary>The raw spellings that change, and what they become; empty text is missing.</summary>
    public Dictionary<string, string> Changes
    {
        get
        {
            var changes = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var code = 0; code < _becomes.Length; code++) if (_becomes[code] != _column.Categories[code]) changes.TryAdd(_column.Categories[code], _becomes[code] ?? "");
            return changes;
        }
    }

    /// <summary>What to report.</summary>
    /// <param name="table">The rows of the column.</param>
    public IEnumerable<CleanFinding> Findings(Table table)
    {
        var (blanks, spellings) = (new FindingTally(table), new FindingTally(table));
        for (var row = 0; row < _column.Count; row++)
        {
            var code = _column.Codes[row];
            if (code == TextColumn.MissingCode) continue;
            if (_withoutBlanks[code] != _column.Categories[code]) blanks.Add(row, _column.Categories[code], _withoutBlanks[code]);
            if (_becomes[code] != _withoutBlanks[code]) spellings.Add(row, _withoutBlanks[code]!, _becomes[code]);
        }

        if (blanks.Count > 0) yield return blanks.ToFinding(CleanStep.Blanks, _column.Name, "without needless blanks, or missing");
        if (spellings.Count > 0) yield return spellings.ToFinding(CleanStep.Spelling, _column.Name, "got the usual spelling");
    }

    /// <summary>Values that are equal but for case and blanks become the one that most rows have; of equals the one that came first.</summary>
    private static string?[] Merge(string?[] values, int[] counts)
    {
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var code = 0; code < values.Length; code++) if (values[code] is { } value) rows[value] = rows.GetValueOrDefault(value) + counts[code];
        var usual = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in values)
        {
            if (value is null) continue;
            var key = Blanks.Collapse(value);
            if (!usual.TryGetValue(key, out var known) || rows[value] > rows[known]) usual[key] = value;
        }

        return [.. values.Select(value => value is null ? null : usual[Blanks.Collapse(value)])];
    }
}
