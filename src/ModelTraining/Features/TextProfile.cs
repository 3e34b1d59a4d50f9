namespace ModelTraining;

/// <summary>What the values of a text column look like: names of categories, keys of rows, or sentences.</summary>
internal enum TextProfile
{
    /// <summary>Values that come again.</summary>
    Categories,

    /// <summary>Words, nearly all different: what names a row and says nothing of another.</summary>
    Keys,

    /// <summary>Long values of several words, mostly different.</summary>
    Prose,
}

/// <summary>Tells a <see cref="TextProfile"/> from the values.</summary>
internal static class TextProfiles
{
    /// <summary>With fewer values than these nothing is said of a column but that it has categories.</summary>
    public const int FewestRows = 30;

    private const double DistinctKeys = 0.9;
    private const double DistinctProse = 0.5;
    private const double WordsOfProse = 3.5;

    public static TextProfile Of(TextColumn column)
    {
        var counts = CategoryCounts.ByCode(column);
        var (rows, distinct, words) = (0, 0, 0L);
        for (var code = 0; code < counts.Length; code++)
        {
            if (counts[code] == 0) continue;
            rows += counts[code];
            distinct++;
            words += Words(column.Categories[code]);
        }

        if (rows < FewestRows) return TextProfile.Categories;
        if (distinct >= rows * DistinctProse && words >= distinct * WordsOfProse) return TextProfile.Prose;
        return distinct >= rows * DistinctKeys ? TextProfile.Keys : TextProfile.Categories;
    }

    private static int Words(ReadOnlySpan<char> text)
    {
        var words = 0;
        var inWord = false;
        foreach (var character in text)
        {
            var space = char.IsWhiteSpace(character);
            if (!space && !inWord) words++;
            inWord = !space;
        }

        return words;
    }
}
