using CsvHelper;

namespace ModelTraining;

/// <summary>What the parser finds wrong with quotes in one input.</summary>
internal sealed class CsvQuoteProblems(string input, CsvDialect dialect)
{
    private readonly RepairTally _textAfterQuote = new();
    private readonly RepairTally _spanning = new();
    private readonly RepairTally _closedByLine = new();
    private readonly RepairTally _givenBack = new();
    private readonly RepairTally _rowsInQuotes = new();
    private readonly RepairTally _lateQuotes = new();
    private CsvMalformedRecord? _open;
    private long? _spanningLine;

    /// <summary>Called by the parser. It throws later, as not all that the parser calls may be thrown through.</summary>
    public void Found(CsvMalformedRecord record)
    {
        switch (record.Reason)
        {
            case CsvMalformedReason.UnterminatedQuote:
                _open = record;
                break;
            case CsvMalformedReason.LineBreakInQuotes:
                _closedByLine.Add(input, record.LineNumber);
                break;
            case CsvMalformedReason.TextAfterClosingQuote when record.RawRecord.Contains('\n'):
                _spanningLine = record.LineNumber;
                break;
            case CsvMalformedReason.TextAfterClosingQuote:
                _textAfterQuote.Add(input, record.LineNumber);
                break;
            case CsvMalformedReason.StrayQuote when !dialect.BlanksBeforeQuote && record.RawRecord.Contains($"{dialect.Delimiter} {dialect.Quote}", StringComparison.Ordinal):
                _lateQuotes.Add(input, record.LineNumber);
                break;
        }
    }

    /// <summary>Whether the record just read goes over several lines and is malformed. Asked once a record.</summary>
    public bool TakeSpanning()
    {
        var spans = _spanningLine is not null;
        _spanningLine = null;
        return spans;
    }

    /// <summary>States that the record at <paramref name="line"/>, which goes over several lines and is malformed, is taken as it is.</summary>
    public void Swallowed(long line) => _spanning.Add(input, line);

    /// <summary>States that a record at <paramref name="line"/> is whole, though each of its lines looks like a row.</summary>
    public void LooksLikeRows(long line) => _rowsInQuotes.Add(input, line);

    /// <summary>States that a quote that opens on <paramref name="line"/> swallowed rows, which were given back.</summary>
    public void GivenBack(long line) => _givenBack.Add(input, line);

    /// <exception cref="ModelTrainingException">MT2106: a quote was opened and the text ended in it.</exception>
    public void ThrowIfOpen(IReadOnlyList<string> names)
    {
        if (_open is not { } record) return;
        var (at, field) = LastOpened(record.RawRecord);
        var line = record.LineNumber + record.RawRecord.AsSpan(0, at).Count('\n');
        var column = field < names.Count ? $"column '{names[field]}'" : $"column {field + 1}";
        throw new ModelTrainingException("MT2106",
            $"{input}, line {line}, {column}: a quote opens at '{Excerpt.Of(record.RawRecord[at..])}' and is never closed. Close it, double a quote that is part of a value, or say Quote = CsvOptions.NoQuote where quotes are characters like others.");
    }

    public void Report(SourceContext context)
    {
        _textAfterQuote.Report(context, input, "row has text after a closing quote", "rows have text after a closing quote", "the text is part of the value, the quotes are not");
        _spanning.Report(context, input, "row goes over several lines and has text after a closing quote", "rows go over several lines and have text after a closing quote", "a quote is probably not closed there, and swallows the lines up to the next one; close it, or say Quote = CsvOptions.NoQuote");
        _closedByLine.Report(context, input, "row has a quote that is not closed on its line", "rows have a quote that is not closed on its line", "it ends with the line, as no quoted value of this text goes over several lines");
        _givenBack.Report(context, input, "row has a quote that is not closed", "rows have a quote that is not closed", "it ends with its line, and the rows that it swallowed are read as rows");
        _rowsInQuotes.Report(context, input, "row has a quoted value over several lines, each of which could be a row", "rows have a quoted value over several lines, each of which could be a row", "they are read as one row; if a quote is not closed there, close it, or say Quote = CsvOptions.NoQuote");
        _lateQuotes.Report(context, input, "row has a quote after a blank", "rows have a quote after a blank", $"it is a character like others there; say Quote = '{dialect.Quote}' to have it quote");
    }

    /// <summary>The position of the quote that is open at the end of <paramref name="record"/>, and the field it opens.</summary>
    private (int At, int Field) LastOpened(string record)
    {
        var (opened, field) = (0, 0);
        var (quoted, fieldStart) = (false, true);
        for (var i = 0; i < record.Length; i++)
        {
            if (record[i] == dialect.Quote)
            {
                if (quoted && i + 1 < record.Length && record[i + 1] == dialect.Quote)
                {
                    i++;
                }
                else if (quoted)
                {
                    quoted = false;
                }
                else if (fieldStart)
                {
                    (quoted, opened) = (true, i);
                }

                fieldStart = false;
            }
            else if (!quoted && record[i] == dialect.Delimiter)
            {
                fieldStart = true;
                field++;
            }
            else if (record[i] is not (' ' or '\t'))
            {
                fieldStart = false;
            }
        }

        return (opened, field);
    }
}
