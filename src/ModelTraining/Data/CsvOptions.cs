using System.Text;

namespace ModelTraining;

/// <summary>How delimited text is read. What is null is detected from the first 64 KiB.</summary>
public sealed record CsvOptions : ColumnRoles
{
    /// <summary>Stands for "no quoting" in <see cref="Quote"/>.</summary>
    public const char NoQuote = '\0';

    /// <summary>What stands between two fields: any ASCII character. Default null: detected among comma, semicolon, tab and bar.</summary>
    public char? Delimiter { get; init; }

    /// <summary>What stands around a field that holds delimiters or line ends; doubled, it stands for itself. <see cref="NoQuote"/> where it is a character like others. Default null: detected among ", ' and none.</summary>
    public char? Quote { get; init; }

    /// <summary>Whether the first line names the columns. Without names they are column0, column1, … Default null: detected.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>Whether a comma stands before the decimals of numbers. Default null: detected column by column, over all rows.</summary>
    public bool? DecimalComma { get; init; }

    /// <summary>The order of the parts of dates. Default null: detected column by column, over all rows; where both orders fit, the choice is reported.</summary>
    public DateOrder? DateOrder { get; init; }

    /// <summary>The encoding. Default null: what a byte order mark says, UTF-8 without one. Bytes that are not of the encoding are an error, never replaced.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>What stands for a missing value, besides an empty field: exact text, for example -999. Default none.</summary>
    public IReadOnlyList<string> MissingMarkers { get; init; } = [];

    /// <summary>Whether ?, NA, N/A, NaN and null stand for a missing value too, in either case: here, in cleaning, and in rows that the model is given. Default true.</summary>
    public bool DefaultMissingMarkers { get; init; } = true;

    /// <summary>What a line that is a comment starts with; empty for none. Default null: // or #, where the first line starts with it (a header may start with #).</summary>
    public string? CommentPrefix { get; init; }

    /// <summary>The types of columns by name, for columns whose type is not to be inferred. A value that is not of the type is an error. Default none.</summary>
    public IReadOnlyDictionary<string, ColumnType> Types { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>
    /// The columns to read, by name. The others are passed over: they are not in the table, their types are not inferred, and they take no memory. The order is that
    /// of the file. Default empty: all columns.
    /// </summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>What is done with a row that has not as many fields as there are columns. Default <see cref="RaggedRows.Repair"/>.</summary>
    public RaggedRows RaggedRows { get; init; }

    /// <summary>The longest record, in bytes of UTF-8. Guards against an endless line, and against a quote that is never closed. Default 16 MiB.</summary>
    public int MaxRecordBytes { get; init; } = 16 << 20;

    /// <summary>Every name that must be that of a column, and of one alone.</summary>
    internal IEnumerable<string> SaidNames => Named().Select(pair => pair.Name).Concat(Types.Keys).Concat(Columns).Distinct(StringComparer.Ordinal);

    internal override IEnumerable<Problem> Validate()
    {
        foreach (var problem in base.Validate()) yield return problem;
        if (Delimiter is { } delimiter && (!char.IsAscii(delimiter) || delimiter is '\0' or '\r' or '\n' or '"'))
        {
            yield return Wrong(nameof(Delimiter), "an ASCII character that is no quote and no line end", Show(delimiter));
        }

        if (Quote is { } quote && (!char.IsAscii(quote) || quote is '\r' or '\n' or ' ' || char.IsAsciiLetterOrDigit(quote)))
        {
            yield return Wrong(nameof(Quote), "an ASCII character that is no letter, digit, blank or line end, or CsvOptions.NoQuote", Show(quote));
        }

        if (Delimiter is { } same && Quote == same) yield return Wrong(nameof(Quote), "another character than Delimiter", Show(same));
        if (CommentPrefix is { } prefix && prefix.AsSpan().ContainsAny('\r', '\n')) yield return Wrong(nameof(CommentPrefix), "text without line ends", "a line end");
        if (MissingMarkers.Any(marker => marker is null)) yield return Wrong(nameof(MissingMarkers), "text", "null");
        if (Columns.Count > 0)
        {
            foreach (var name in SaidNames.Except(Columns, StringComparer.Ordinal))
            {
                yield return new Problem("MT1113", $"Column '{name}' is named for a role or in Types, and is not among the Columns of Csv that are read. Add it to them, or leave it out of the other.");
            }
        }

        if (!Enum.IsDefined(RaggedRows)) yield return Wrong(nameof(RaggedRows), "Repair, Skip or Error", $"{RaggedRows}");
        if (MaxRecordBytes < 1024) yield return Wrong(nameof(MaxRecordBytes), "at least 1024", $"{MaxRecordBytes}");
        foreach (var (name, type) in Types)
        {
            if (type == ColumnType.Tensor || !Enum.IsDefined(type)) yield return Wrong($"{nameof(Types)}[\"{name}\"]", "Number, Integer, Boolean, Text or DateTime", $"{type}");
        }
    }

    private static Problem Wrong(string option, string must, string got) => new("MT1101", $"The '{option}' option of Csv must be {must}. Got {got}.");

    private static string Show(char character) => char.IsControl(character) ? $"U+{(int)character:X4}" : $"'{character}'";
}
