namespace ModelTraining;

/// <summary>A value as a message shows it.</summary>
internal static class Excerpt
{
    private const int Longest = 60;

    /// <summary>On one line, and cut where it is long.</summary>
    public static string Of(string value, int longest = Longest)
    {
        var line = value.ReplaceLineEndings(" ").Trim();
        return line.Length <= longest ? line : $"{line.AsSpan(0, longest)}…";
    }

    /// <summary>The end of a name that is made of parts, the last of which says most: …LearningRate.</summary>
    public static string EndOf(string name, int longest) => name.Length <= longest ? name : $"…{name.AsSpan(name.Length - longest)}";
}
