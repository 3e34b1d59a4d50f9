using System.Buffers;
using System.Globalization;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// Takes text apart into words, in managed code and as nodes of a graph: at white space, and at the punctuation that the training rows have. A to Z are in lower case then.
/// ONNX splits at one delimiter at a time, so that each costs a few nodes; those that no training row has are left out. Immutable.
/// </summary>
internal sealed class WordSplitter
{
    private const int MostSeparators = 32;

    /// <summary>Marks the end of a row in a graph: a capital letter is in no word.</summary>
    private const string RowEnd = "A";

    /// <summary>What a graph calls words that are not known, ends of rows, and words that are passed over.</summary>
    private const long Unknown = 0, End = 1, PassedOver = -1;

    private readonly char[] _separators;
    private readonly SearchValues<char> _search;

    private WordSplitter(char[] separators) => (_separators, _search) = (separators, SearchValues.Create(separators));

    /// <summary>The number of the first word.</summary>
    public const long FirstWord = 2;

    private static ReadOnlySpan<char> WhiteSpace => [' ', '\n', '\t', '\r', '\u00A0'];

    /// <summary>Splits at white space, and at the punctuation that most rows of a column have.</summary>
    public static WordSplitter For(TextColumn column)
    {
        var rows = CategoryCounts.ByCode(column);
        var found = new Dictionary<char, int>();
        var here = new HashSet<char>();
        for (var code = 0; code < rows.Length; code++)
        {
            if (rows[code] == 0) continue;
            here.Clear();
            foreach (var character in column.Categories[code]) if (!char.IsAsciiLetterOrDigit(character) && Separates(character) && here.Add(character)) found[character] = found.GetValueOrDefault(character) + rows[code];
        }

        foreach (var space in WhiteSpace) found.Remove(space);
        return new WordSplitter([.. WhiteSpace, .. found.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(MostSeparators - WhiteSpace.Length).Select(pair => pair.Key)]);
    }

    /// <summary>The words of a text as they are written, but for A to Z in lower case.</summary>
    public IEnumerable<string> Split(string text)
    {
        for (var from = 0; from < text.Length;)
        {
            var length = text.AsSpan(from).IndexOfAny(_search);
            if (length < 0) length = text.Length - from;
            if (length > 0) yield return LowerAscii(text, from, length);
            from += length + 1;
        }
    }

    /// <summary>What a written word is: in lower case, and without quotes and dashes around it. Empty where there is nothing else.</summary>
    public static string Fold(string written) => written.AsSpan().Trim("'’-_").ToString().ToLowerInvariant();

    /// <summary>How a word is written where it is not as it was seen: at the beginning of a sentence, in capitals, in quotes.</summary>
    public static IEnumerable<string> Spellings(string word)
    {
        string[] cases = [word, char.ToUpperInvariant(word[0]) + word[1..], word.ToUpperInvariant()];
        return cases.SelectMany(written => new[] { written, $"'{written}'", $"'{written}", $"{written}'", $"-{written}", $"{written}-" })
            .Select(written => LowerAscii(written, 0, written.Length)).Where(written => Fold(written) == word).Distinct();
    }

    /// <summary>The numbers of the words of each row of text [batch, 1]: 64-bit integers [batch, words], <see cref="Unknown"/> where there are no more.</summary>
    /// <param name="text">The text.</param>
    /// <param name="numbers">The number of each written word, −1 for those that are passed over.</param>
    public Value Emit(Value text, IReadOnlyDictionary<string, long> numbers)
    {
        // All words of all rows in one list: what a row has fewer of than another would take memory otherwise, each time anew.
        var pieces = text.Reshape(-1).Lower().StringConcat(" " + RowEnd);
        foreach (var separator in _separators) pieces = NotEmpty(pieces.StringSplit(separator.ToString()).Reshape(-1));
        var words = pieces.LabelEncoder([RowEnd, .. numbers.Keys], [End, .. numbers.Values], Unknown);
        if (numbers.Values.Contains(PassedOver)) words = Compress(words, words.GreaterOrEqual(0L));

        // And back into rows. A row goes on with its end, which is no word of a term.
        var graph = text.Graph;
        var ends = graph.Add("NonZero", [words.Equal(End)], ElementType.Int64, [1, new Dimension(-1)]).Reshape(-1);
        var starts = Value.Concat([graph.Constant(Tensor.Of([0L], 1)), ends.Slice(0, -1, 0) + 1L], 0);
        var longest = (ends - starts).ReduceMax(keepDims: false) + 1L;
        var places = graph.Add("Range", [graph.Constant(0L), longest, graph.Constant(1L)], ElementType.Int64, [new Dimension(-1)]);
        return words.Gather((starts.Unsqueeze(1) + places).Min(ends.Unsqueeze(1)));
    }

    private static Value NotEmpty(Value pieces) => Compress(pieces, pieces.Equal(pieces.Graph.Constant(Tensor.Of([""], 1))).Not());

    private static Value Compress(Value values, Value which) => values.Graph.Add("Compress", [values, which], values.Type, [new Dimension(-1)], [("axis", 0)]);

    /// <summary>
    /// Punctuation, symbols and blanks do, but not what is within words: apostrophe, hyphen, low line. Halves of surrogate pairs do not, so that letters beyond the basic plane, and emoji,
    /// are words.
    /// </summary>
    private static bool Separates(char character) => character is not ('\'' or '’' or '-' or '_') && char.GetUnicodeCategory(character) is
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or
        UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or
        UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation or
        UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherSymbol;

    private static string LowerAscii(string text, int from, int length) => string.Create(length, (text, from), static (lower, source) =>
    {
        var written = source.text.AsSpan(source.from, lower.Length);
        for (var i = 0; i < lower.Length; i++) lower[i] = char.IsAsciiLetterUpper(written[i]) ? (char)(written[i] | 0x20) : written[i];
    });
}
