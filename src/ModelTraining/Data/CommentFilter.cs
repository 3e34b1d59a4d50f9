using System.Text;

namespace ModelTraining;

/// <summary>
/// Takes comment lines out of delimited text. Their line ends stay, so that the lines after them keep their numbers. A line inside a quoted field is no comment
/// whatever it starts with, and a quote inside a comment opens nothing; so the quotes have to be followed.
/// </summary>
/// <param name="prefix">What a comment starts with.</param>
/// <param name="delimiter">What stands between fields.</param>
/// <param name="quote">What opens a quoted field; null when nothing does.</param>
/// <param name="lineEndsInQuotes">Whether a quoted field may hold line ends.</param>
internal sealed class CommentFilter(byte[] prefix, byte delimiter, byte? quote, bool lineEndsInQuotes)
{
    private enum At
    {
        LineStart,
        FieldStart,
        Field,
        Quoted,
        QuoteInQuoted,
        Comment,
    }

    private At _at = At.LineStart;

    /// <summary>Null when a text has no comments.</summary>
    public static CommentFilter? For(CsvDialect dialect) => dialect.CommentPrefix.Length == 0
        ? null
        : new CommentFilter(Encoding.UTF8.GetBytes(dialect.CommentPrefix), (byte)dialect.Delimiter, dialect.Quote == CsvOptions.NoQuote ? null : (byte)dialect.Quote, dialect.LineEndsInQuotes);

    /// <summary>The number of comments left out.</summary>
    public int Count { get; private set; }

    /// <summary>Filters a block in place.</summary>
    /// <param name="block">The text that follows what was filtered before.</param>
    /// <param name="last">Whether nothing follows.</param>
    /// <returns>How many bytes of the block are left, and how many were looked at; the others are to be given again, with what follows them.</returns>
    public (int Written, int Consumed) Apply(Span<byte> block, bool last)
    {
        var written = 0;
        for (var i = 0; i < block.Length; i++)
        {
            var value = block[i];
            if (_at == At.LineStart)
            {
                var rest = block[i..];
                if (rest.StartsWith(prefix))
                {
                    Count++;
                    _at = At.Comment;
                }
                else if (!last && rest.Length < prefix.Length && prefix.AsSpan().StartsWith(rest))
                {
                    return (written, i);
                }
                else
                {
                    _at = At.FieldStart;
                }
            }

            if (_at == At.Comment && value is not ((byte)'\n' or (byte)'\r')) continue;
            _at = Next(value);
            block[written++] = value;
        }

        return (written, block.Length);
    }

    private At Next(byte value)
    {
        var isLineEnd = value is (byte)'\n' or (byte)'\r';
        if (_at == At.Quoted && !(isLineEnd && !lineEndsInQuotes)) return value == quote ? At.QuoteInQuoted : At.Quoted;
        if (_at == At.QuoteInQuoted && value == quote) return At.Quoted;
        if (isLineEnd) return At.LineStart;
        if (value == delimiter) return At.FieldStart;
        if (_at != At.FieldStart) return At.Field;
        return value == quote ? At.Quoted : value is (byte)' ' or (byte)'\t' ? At.FieldStart : At.Field;
    }
}
