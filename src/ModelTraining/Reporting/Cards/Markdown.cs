using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ModelTraining;

/// <summary>
/// Markdown being written, as <see cref="Markup"/> is: what stands in an interpolated string is markup, what is put into its holes is text, on one line and escaped.
/// Lines end in \n on every system. Not thread-safe.
/// </summary>
internal sealed class Markdown
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\\`*_{}[]<>#|~!&$");
    private readonly StringBuilder _text = new();

    /// <summary>Adds a line.</summary>
    /// <returns>The same.</returns>
    public Markdown Line([InterpolatedStringHandlerArgument("")] Interpolation markup)
    {
        _text.Append('\n');
        return this;
    }

    public override string ToString() => _text.ToString();

    /// <summary>What the compiler makes of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Interpolation
    {
        private readonly StringBuilder _text;

        public Interpolation(int literalLength, int holeCount, Markdown markdown)
        {
            _text = markdown._text;
            _text.EnsureCapacity(_text.Length + literalLength + 16 * holeCount);
        }

        public void AppendLiteral(string literal) => _text.Append(literal);

        public void AppendFormatted(string? text)
        {
            foreach (var character in text ?? "")
            {
                if (char.IsControl(character) || character is '\u2028' or '\u2029') _text.Append(' ');
                else if (Special.Contains(character)) _text.Append('\\').Append(character);
                else _text.Append(character);
            }
        }

        public void AppendFormatted(ulong number) => _text.Append(CultureInfo.InvariantCulture, $"{number}");

        public void AppendFormatted(Quoted text) => _text.Append(text.Text);
    }
}
