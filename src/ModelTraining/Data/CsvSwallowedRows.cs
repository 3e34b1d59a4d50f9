using CsvHelper;

namespace ModelTraining;

/// <summary>
/// Gives back the rows that a quote which is not closed has swallowed up to the next quote. A record over several lines is taken apart where each of its lines,
/// read by itself, has just as many fields as there are columns, and the record as a whole is malformed, or has not as many, or the delimiters that fit are too
/// many to be there by chance. Where the beginning of the text has values over several lines, as text that people wrote has, nothing is taken apart.
/// </summary>
internal sealed class CsvSwallowedRows(CsvDialect dialect, CsvQuoteProblems quotes)
{
    /// <summary>The delimiters of the lines after the first that have to fit: two more lines of three columns, or four of two.</summary>
    private const int FewestDelimitersToTell = 4;

    private readonly bool _possible = dialect.Quote != CsvOptions.NoQuote && dialect.LineEndsInQuotes && !dialect.ValuesSpanLines;

    /// <summary>Whether the record that <paramref name="reader"/> is on was several rows. Then they have been taken.</summary>
    public bool GiveBack(CsvReader reader, CsvRows rows)
    {
        var malformed = quotes.TakeSpanning();
        if (!malformed && (!_possible || !reader.RawRecord.Contains((byte)'\n'))) return false;
        var count = rows.Names.Length;
        var record = reader.RawRecord;
        if (_possible && count > 1 && RowsIn(record, count) is > 1 and var found)
        {
            if (malformed || reader.FieldCount != count || (found - 1) * (count - 1) >= FewestDelimitersToTell)
            {
                Take(record, count, reader.LineNumber, rows);
                return true;
            }

            quotes.LooksLikeRows(reader.LineNumber);
        }

        if (malformed) quotes.Swallowed(reader.LineNumber);
        return false;
    }

    /// <summary>The number of lines that are rows; 0 when there is one that is none.</summary>
    private int RowsIn(ReadOnlySpan<byte> record, int count)
    {
        var found = 0;
        foreach (var range in record.Split((byte)'\n'))
        {
            var line = record[range];
            if (CsvRows.Trimmed(line).IsEmpty) continue;
            if (!IsRow(line, count)) return 0;
            found++;
        }

        return found;
    }

    /// <summary>Whether a line has so many fields: with a quote that is not closed taken to end with it, or taken out.</summary>
    private bool IsRow(ReadOnlySpan<byte> line, int count)
    {
        var fields = Fields(line, out var open);
        return fields == count || (open >= 0 && fields + line[open..].Count((byte)dialect.Delimiter) == count);
    }

    /// <param name="line">The line.</param>
    /// <param name="open">The position of the quote that is not closed; −1 when there is none.</param>
    private int Fields(ReadOnlySpan<byte> line, out int open)
    {
        var (quote, delimiter) = ((byte)dialect.Quote, (byte)dialect.Delimiter);
        var (fields, fieldStart) = (1, true);
        open = -1;
        for (var i = 0; i < line.Length; i++)
        {
            if (open >= 0)
            {
                if (line[i] != quote) continue;
                if (i + 1 < line.Length && line[i + 1] == quote) i++;
                else open = -1;
            }
            else if (line[i] == delimiter)
            {
                fields++;
                fieldStart = true;
            }
            else if (line[i] == quote && fieldStart)
            {
                (open, fieldStart) = (i, false);
            }
            else if (!(dialect.BlanksBeforeQuote && line[i] is (byte)' ' or (byte)'\t'))
            {
                fieldStart = false;
            }
        }

        return fields;
    }

    private void Take(ReadOnlySpan<byte> record, int count, long firstLine, CsvRows rows)
    {
        var repaired = new MemoryStream(record.Length);
        var number = firstLine;
        foreach (var range in record.Split((byte)'\n'))
        {
            var line = record[range];
            var fields = Fields(line, out var open);
            if (open >= 0) quotes.GivenBack(number);
            if (open >= 0 && fields != count)
            {
                repaired.Write(line[..open]);
                line = line[(open + 1)..];
            }

            repaired.Write(line);
            repaired.WriteByte((byte)'\n');
            number++;
        }

        using var reader = CsvReader.Create(repaired.ToArray(), (dialect with { LineEndsInQuotes = false }).ReaderOptions());
        while (reader.Read()) if (!CsvRows.IsBlank(reader)) rows.Take(reader, firstLine - 1);
    }
}
