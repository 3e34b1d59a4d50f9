namespace ModelTraining;

/// <summary>How often each category of a text column occurs. Empty text counts as missing, as it does in a graph.</summary>
internal static class CategoryCounts
{
    /// <summary>The number of rows by code.</summary>
    public static int[] ByCode(TextColumn column)
    {
        var counts = new int[column.Categories.Length];
        foreach (var code in column.Codes) if (code != TextColumn.MissingCode) counts[code]++;
        for (var code = 0; code < counts.Length; code++) if (column.Categories[code].Length == 0) counts[code] = 0;
        return counts;
    }

    /// <summary>The categories that occur, the most frequent first, equally frequent ones by name.</summary>
    public static (string Category, int Count)[] ByFrequency(TextColumn column)
    {
        var counts = ByCode(column);
        var found = new List<(string Category, int Count)>();
        for (var code = 0; code < counts.Length; code++) if (counts[code] > 0) found.Add((column.Categories[code], counts[code]));
        found.Sort(static (a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : string.CompareOrdinal(a.Category, b.Category));
        return [.. found];
    }
}
