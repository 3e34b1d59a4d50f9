using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ModelTraining;

/// <summary>
/// HTML and SVG being written. What stands in an interpolated string is markup, what is put into its holes is text and is escaped: a value, such as a column's name,
/// can't become markup. There is no way to add a string as markup. Not thread-safe.
/// </summary>
internal sealed class Markup
{
    private const char Replacement = '\uFFFD';
    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"'");
    private readonly StringBuilder _text = new();

    /// <summary>Adds markup. The compiler has the string write itself into this, by <see cref="Interpolation"/>.</summary>
    /// <returns>The same.</returns>
    public Markup Add([InterpolatedStringHandlerArgument("")] Interpolation markup) => this;

    public override string ToString() => _text.ToString();

    private void AddText(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes()) // half a surrogate pair becomes U+FFFD on the way
        {
            switch (rune.Value)
            {
                case '&': _text.Append("&amp;"); break;
                case '<': _text.Append("&lt;"); break;
                case '>': _text.Append("&gt;"); break;
                case '"': _text.Append("&quot;"); break;
                case '\'': _text.Append("&#39;"); break;
                case '\t' or '\n' or '\r': _text.Append(rune.ToString()); break;
                default: _text.Append(Rune.IsControl(rune) ? Replacement.ToString() : rune.ToString()); break;
            }
        }
    }

    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        foreach (var character in text) if (character is < ' ' or > '~') return false;
        return !text.ContainsAny(Special);
    }

    /// <summary>What the compiler makes of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Interpolation
    {
        private readonly Markup _markup;

        public Interpolation(int literalLength, int holeCount, Markup markup)
        {
            _markup = markup;
            markup._text.EnsureCapacity(markup._text.Length + literalLength + 16 * holeCount);
        }

        public void AppendLiteral(string literal) => _markup._text.Append(literal);

        public void AppendFormatted(string? text)
        {
            if (text is null) return;
            if (IsPlain(text)) _markup._text.Append(text);
            else _markup.AddText(text);
        }

        public void AppendFormatted(int number) => _markup._text.Append(CultureInfo.InvariantCulture, $"{number}");

        /// <summary>Markup that was written elsewhere.</summary>
        public void AppendFormatted(Markup other) => _markup._text.Append(other._text);
    }
}
