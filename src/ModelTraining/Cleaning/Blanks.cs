using System.Text;

namespace ModelTraining;

/// <summary>One form of text: no blanks around it, one between words, and nothing where it says that it is missing.</summary>
internal static class Blanks
{
    /// <summary>The text without blanks around it and with single spaces within; the same string where it was so already.</summary>
    public static string Collapse(string text)
    {
        if (IsCollapsed(text)) return text;
        var collapsed = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character)) collapsed.Append(character);
            else if (collapsed.Length > 0 && collapsed[^1] != ' ') collapsed.Append(' ');
        }

        if (collapsed.Length > 0 && collapsed[^1] == ' ') collapsed.Length--;
        return collapsed.ToString();
    }

    /// <summary>As <see cref="Collapse"/>; null where what is left stands for a missing value of its column.</summary>
    public static string? OrMissing(string text, TextFormat format) => format.IsMissingHere(text) ? null : Collapse(text);

    private static bool IsCollapsed(string text)
    {
        var afterSpace = true;
        foreach (var character in text)
        {
            var space = char.IsWhiteSpace(character);
            if (space && (afterSpace || character != ' ')) return false;
            afterSpace = space;
        }

        return text.Length == 0 || !afterSpace;
    }
}
