using CsvHelper;

namespace ModelTraining;

/// <summary>
/// Gives back the rows that a quote which is not closed has swallowed up to the next quote. A record over several lines is taken apart where each of its lines,
/// read by itself, has just as many fields as there are columns, and the record as a whole is malformed, or has not as many, or the delimiters that fit are too
/// many to be there by chance.
/// </summary>
internal sealed class CsvSwallowedRows(CsvDialect dialect, CsvQuoteProblems quotes)
{
    /// <summary>The delimiters of the lines after the first that have to fit: two more lines of three columns, or four of two.</summary>
    private const int FewestDelimitersToTell = 4;

    private readonly bool _possible = dialect.Quote != CsvOptions.NoQuote && dialect.LineEndsInQuotes;

    /// <summary>Whether the record that <paramref name="reader"/> is on was several rows. Then they have been taken.</summary>
    public bool GiveBack(CsvReader reader, CsvRows rows)
    {
        if (!_possible || !reader.RawRecord.Contains((byte)'\n')) return false;
        var malformed = quotes.TakeSpanning();
        var record = reader.RawRecord.ToArray();
        var count = rows.Columns.Length;
        var before = reader.LineNumber - 1;
        if (count > 1 && Lines(record, count) is > 1 and var lines)
        {
            if (malformed || reader.FieldCount != count || (lines - 1) * (count - 1) >= FewestDelimitersToTell)
            {
                Take(record, before, rows);
                return true;
            }

            quotes.LooksLikeRows(reader.LineNumber);
        }

        if (malformed) quotes.Swallowed(reader.LineNumber);
        return false;
    }

    /// <summary>The number of lines that are rows; 0 when there is one that is none.</summary>
    private int Lines(byte[] record, int count)
    {
        var lines = 0;
        using var reader = CsvReader.Create(record, Options());
        while (reader.Read())
        {
            if (CsvRows.IsBlank(reader)) continue;
            if (reader.FieldCount != count) return 0;
            lines++;
        }

        return lines;
    }

    private void Take(byte[] record, long linesBefore, CsvRows rows)
    {
        using var reader = CsvReader.Create(record, Options(malformed =>
        {
            if (malformed.Reason is CsvMalformedReason.LineBreakInQuotes or CsvMalformedReason.UnterminatedQuote) quotes.ClosedByLine(linesBefore + malformed.LineNumber);
        }));
        while (reader.Read()) if (!CsvRows.IsBlank(reader)) rows.Take(reader, linesBefore);
    }

    private CsvReaderOptions Options(Action<CsvMalformedRecord>? malformed = null) => (dialect with { LineEndsInQuotes = false }).ReaderOptions(malformed: malformed);
}
