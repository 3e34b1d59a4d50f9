using System.Globalization;
using System.Text;

namespace ModelTraining;

/// <summary>Text between double quotes, with escapes that C#, JSON and YAML read alike: it stays on its line, whatever it is.</summary>
/// <param name="Text">The text with its quotes.</param>
internal readonly record struct Quoted(string Text)
{
    public static Quoted Of(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            if (character is '"' or '\\') quoted.Append('\\').Append(character);
            else if (char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else quoted.Append(character);
        }

        return new Quoted(quoted.Append('"').ToString());
    }
}
