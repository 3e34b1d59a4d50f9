using CsvHelper;

namespace ModelTraining;

/// <summary>How a text is delimited.</summary>
internal sealed record CsvDialect
{
    public required char Delimiter { get; init; }

    /// <summary>The quote, or <see cref="CsvOptions.NoQuote"/>.</summary>
    public required char Quote { get; init; }

    /// <summary>What comment lines start with; empty when there are none.</summary>
    public string CommentPrefix { get; init; } = "";

    public bool HasHeader { get; init; }

    /// <summary>The number of fields that most rows have, as far as they were looked at; 0 when there were none.</summary>
    public int FieldCount { get; init; }

    /// <summary>Whether not one row of those has more fields, and nine in ten have just as many.</summary>
    public bool RowsAgree { get; init; }

    /// <summary>Whether a quote may come after blanks at the beginning of a field. Looking for it takes as long as all the rest, so it is done where there are quotes.</summary>
    public bool BlanksBeforeQuote { get; init; }

    /// <summary>Whether a quoted field may hold line ends. Where none does but by a quote that is not closed, such a quote takes its own line and not those that follow.</summary>
    public bool LineEndsInQuotes { get; init; } = true;

    /// <summary>Whether there are quoted values over several lines among the rows that were looked at.</summary>
    public bool ValuesSpanLines { get; init; }

    public CsvReaderOptions ReaderOptions(int maxRecordBytes = 0, Action<CsvMalformedRecord>? malformed = null) => new()
    {
        Separator = Delimiter,
        Quote = Quote == CsvOptions.NoQuote ? '"' : Quote,
        Mode = Quote == CsvOptions.NoQuote ? CsvMode.NoEscape : CsvMode.Rfc4180,
        HasHeader = false,
        TrimWhitespace = BlanksBeforeQuote,
        AllowLineBreaksInQuotes = LineEndsInQuotes,
        TrackLineNumbers = true,
        MaxRecordSize = maxRecordBytes > 0 ? maxRecordBytes : null,
        OnMalformedRecord = malformed,
    };
}
