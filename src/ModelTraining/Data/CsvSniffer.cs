namespace ModelTraining;

/// <summary>Finds out how a text is delimited from its beginning, as far as the options do not say it.</summary>
internal static class CsvSniffer
{
    /// <summary>What Excel writes in a first line to say the delimiter.</summary>
    public const string ExcelHint = "sep=";

    /// <summary>In the order of preference between delimiters that explain the text equally well: the rarer one is seldom there by chance.</summary>
    private static readonly char[] Delimiters = ['\t', ';', '|', ','];

    /// <param name="sample">The beginning of the text.</param>
    /// <param name="whole">Whether it is the whole text.</param>
    /// <param name="options">What is said and need not be found out. Names of columns in it tell a header, and its delimiter.</param>
    public static CsvDialect Detect(ReadOnlySpan<byte> sample, bool whole, CsvOptions options)
    {
        if (!whole && sample.LastIndexOf((byte)'\n') is var end and >= 0) sample = sample[..(end + 1)];
        var text = new CsvSample(sample.ToArray(), whole, options);
        var first = FirstLine(sample);
        if (options.CommentPrefix is { } said) return Detect(text, said, options);
        if (options.Delimiter is null && first.Length == 5 && first.StartsWith("sep="u8)) return Detect(text, ExcelHint, options with { Delimiter = (char)first[4] });
        if (first.StartsWith("//"u8)) return Detect(text, "//", options);
        var dialect = Detect(text, "", options);
        if (first is not [(byte)'#', ..]) return dialect;

        // A header may start with # (as in "#Label"), and a comment does. It is a header when no other line starts so, and it has as many fields as the next.
        var counts = text.Measure(dialect).Counts;
        var isHeader = counts.Count > 1 && counts[0] > 1 && counts[0] == counts[1] && !sample.ContainsAny("\n#"u8, "\r#"u8);
        return isHeader ? dialect : Detect(text, "#", options);
    }

    private static CsvDialect Detect(CsvSample text, string commentPrefix, CsvOptions options)
    {
        var best = Best(text, commentPrefix, options);
        var hasHeader = options.HasHeader ?? HeaderDetection.IsHeader(text.Rows(best.Dialect), options);
        var counts = hasHeader ? best.Counts.Skip(1).ToList() : best.Counts;
        var usual = CsvMeasurement.Usual(counts);
        var quote = best.Dialect.Quote;
        return best.Dialect with
        {
            HasHeader = hasHeader,
            FieldCount = usual,
            RowsAgree = counts.Count > 0 && counts.All(count => count <= usual) && counts.Count(count => count == usual) >= 0.9 * counts.Count,
            ValuesSpanLines = best.SpanningRows > 0,
            BlanksBeforeQuote = quote != CsvOptions.NoQuote && (options.Quote is not null || text.Contains(quote)),
        };
    }

    private static CsvMeasurement Best(CsvSample text, string commentPrefix, CsvOptions options)
    {
        char[] delimiters = options.Delimiter is { } said ? [said] : [.. Delimiters.Where(text.Contains)];
        var candidates = delimiters.Select(Candidate).ToList();

        // MaxBy takes the first of equals, and so the preferred one.
        return candidates.Where(candidate => candidate.FieldCount > 1).MaxBy(candidate => (candidate.NamesFound, Math.Round(candidate.Agreement, 2)))
            ?? Candidate(options.Delimiter ?? ',');

        CsvMeasurement Candidate(char delimiter)
        {
            var dialect = new CsvDialect { Delimiter = delimiter, Quote = options.Quote ?? '"', CommentPrefix = commentPrefix, BlanksBeforeQuote = true };
            var plain = text.Measure(dialect);
            if (options.Quote is null && plain.QuotedFields == 0 && text.Contains('\''))
            {
                var single = text.Measure(dialect with { Quote = '\'' });
                if (single.MalformedRows == 0 && single.QuotedRows * 2 >= single.Counts.Count) return single;
            }

            if (plain.MalformedRows == 0 || dialect.Quote == CsvOptions.NoQuote) return plain;
            if (options.Quote is null)
            {
                // Text that people wrote has quotes at the beginning of fields that are no quoting. Then fields come out as even without it.
                var none = text.Measure(dialect with { Quote = CsvOptions.NoQuote });
                if (none.Agreement >= plain.Agreement && plain.MalformedRows * 2 >= plain.QuotedFields) return none;
            }

            // Where no value goes over several lines but by a quote that is not closed, that quote need not take the lines after it along.
            if (plain.SpanningRows > 0) return plain;
            var lines = text.Measure(dialect with { LineEndsInQuotes = false });
            return lines.UsualRows >= plain.UsualRows ? lines : plain;
        }
    }

    private static bool ContainsAny(this ReadOnlySpan<byte> text, ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => text.IndexOf(one) >= 0 || text.IndexOf(other) >= 0;

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart("\r\n "u8);
        var end = text.IndexOfAny((byte)'\r', (byte)'\n');
        return end < 0 ? text : text[..end];
    }
}
