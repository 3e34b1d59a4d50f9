using System.Text;
using CsvHelper;

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
        var first = FirstLine(sample);
        if (options.CommentPrefix is null && options.Delimiter is null && first.Length == 5 && first.StartsWith("sep="u8))
        {
            options = options with { Delimiter = (char)first[4], CommentPrefix = ExcelHint };
        }

        var prefix = options.CommentPrefix ?? (first.StartsWith("//"u8) ? "//" : "");
        var dialect = Detect(WithoutComments(sample, prefix), whole, prefix, options);
        if (options.CommentPrefix is not null || prefix.Length > 0 || first is not [(byte)'#', ..]) return dialect;

        // A header may start with # (as in "#Label"), and a comment does. It is a header when the one line of its kind, and of as many fields as the others.
        var text = WithoutComments(sample, "");
        var other = WithoutComments(sample, "#");
        var comments = sample.Count((byte)'\n') - other.AsSpan().Count((byte)'\n');
        var header = Measurement.Of(text, whole, dialect.Delimiter, dialect.Quote, options);
        var alone = comments <= 1 && header.Counts.Count > 1 && header.Counts[0] == header.Counts[1] && header.Counts[0] > 1;
        return alone ? dialect : Detect(other, whole, "#", options);
    }

    private static CsvDialect Detect(byte[] text, bool whole, string commentPrefix, CsvOptions options)
    {
        var best = Best(text, whole, options);
        var rows = Rows(text, best.Delimiter, best.Quote);
        var hasHeader = options.HasHeader ?? HeaderDetection.IsHeader(rows, options);
        var counts = hasHeader ? best.Counts.Skip(1).ToList() : best.Counts;
        var usual = Measurement.Usual(counts);
        return new CsvDialect
        {
            Delimiter = best.Delimiter,
            Quote = best.Quote,
            CommentPrefix = commentPrefix,
            HasHeader = hasHeader,
            FieldCount = usual,
            RowsAgree = counts.Count > 0 && counts.All(count => count <= usual) && counts.Count(count => count == usual) >= 0.9 * counts.Count,
            BlanksBeforeQuote = best.Quote != CsvOptions.NoQuote && (options.Quote is not null || text.AsSpan().Contains((byte)best.Quote)),
        };
    }

    private static Measurement Best(byte[] text, bool whole, CsvOptions options)
    {
        var candidates = new List<Measurement>();
        var delimiters = options.Delimiter is { } said ? [said] : Delimiters.Where(delimiter => text.AsSpan().Contains((byte)delimiter)).DefaultIfEmpty(',');
        foreach (var delimiter in delimiters)
        {
            if (options.Quote is { } quote)
            {
                candidates.Add(Measurement.Of(text, whole, delimiter, quote, options));
                continue;
            }

            var plain = Measurement.Of(text, whole, delimiter, '"', options);
            if (plain.QuotedFields == 0 && text.AsSpan().Contains((byte)'\'') && Measurement.Of(text, whole, delimiter, '\'', options) is var single
                && single.MalformedRows == 0 && single.QuotedRows * 2 >= single.Counts.Count)
            {
                candidates.Add(single);
                continue;
            }

            if (plain.MalformedRows == 0)
            {
                candidates.Add(plain);
                continue;
            }

            // Text that people wrote has quotes at the beginning of fields that are no quoting. Then fields come out even without it.
            var none = Measurement.Of(text, whole, delimiter, CsvOptions.NoQuote, options);
            candidates.Add(none.Agreement > plain.Agreement || (none.Agreement >= plain.Agreement && plain.MalformedRows * 2 > plain.QuotedFields) ? none : plain);
        }

        // MaxBy takes the first of equals, and so the preferred one.
        return candidates.Where(candidate => candidate.FieldCount > 1).MaxBy(candidate => (candidate.NamesFound, Math.Round(candidate.Agreement, 2)))
            ?? candidates.FirstOrDefault(candidate => candidate.Delimiter == ',') ?? Measurement.Of(text, whole, options.Delimiter ?? ',', options.Quote ?? '"', options);
    }

    private static List<string[]> Rows(byte[] text, char delimiter, char quote)
    {
        const int enough = 100;
        var rows = new List<string[]>();
        using var reader = CsvReader.Create(text, new CsvDialect { Delimiter = delimiter, Quote = quote, BlanksBeforeQuote = true }.ReaderOptions());
        while (rows.Count < enough && reader.Read())
        {
            var row = new string[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.GetString(i).Trim();
            if (row.Length > 1 || row[0].Length > 0) rows.Add(row);
        }

        return rows;
    }

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart("\r\n "u8);
        var end = text.IndexOfAny((byte)'\r', (byte)'\n');
        return end < 0 ? text : text[..end];
    }

    /// <summary>As the delimiter and quote are not known yet, a line in a quoted field that looks like a comment is taken for one; here that does no harm.</summary>
    private static byte[] WithoutComments(ReadOnlySpan<byte> text, string prefix)
    {
        var kept = text.ToArray();
        if (prefix.Length == 0) return kept;
        var start = Encoding.UTF8.GetBytes(prefix);
        var length = 0;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n') + 1;
            var line = end == 0 ? text : text[..end];
            text = text[line.Length..];
            if (line.StartsWith(start)) continue;
            line.CopyTo(kept.AsSpan(length));
            length += line.Length;
        }

        return kept[..length];
    }

    /// <summary>How well a delimiter and a quote explain the text.</summary>
    private sealed class Measurement
    {
        public required char Delimiter { get; init; }

        public required char Quote { get; init; }

        /// <summary>The number of fields of each row that is not blank.</summary>
        public List<int> Counts { get; } = [];

        /// <summary>The number of fields that most rows have.</summary>
        public int FieldCount { get; private set; }

        /// <summary>The share of rows that have just as many.</summary>
        public double Agreement { get; private set; }

        public int QuotedFields { get; private set; }

        public int QuotedRows { get; private set; }

        public int MalformedRows { get; private set; }

        /// <summary>Whether the first row has a name that the user gave.</summary>
        public bool NamesFound { get; private set; }

        public static Measurement Of(byte[] text, bool whole, char delimiter, char quote, CsvOptions options)
        {
            var result = new Measurement { Delimiter = delimiter, Quote = quote };
            var unterminated = false;
            void Malformed(CsvMalformedRecord record)
            {
                if (record.Reason == CsvMalformedReason.UnterminatedQuote) unterminated = true;
                if (record.Reason != CsvMalformedReason.StrayQuote) result.MalformedRows++;
            }

            var names = options.Named().Select(pair => pair.Name).Concat(options.Types.Keys).ToHashSet(StringComparer.Ordinal);
            using var reader = CsvReader.Create(text, new CsvDialect { Delimiter = delimiter, Quote = quote, BlanksBeforeQuote = true }.ReaderOptions(malformed: Malformed));
            while (reader.Read())
            {
                var count = reader.FieldCount;
                if (count == 1 && reader.GetSpan(0).Trim(" \t"u8).IsEmpty) continue;
                var quoted = 0;
                for (var i = 0; i < count; i++)
                {
                    if (quote != CsvOptions.NoQuote && reader.GetRawSpan(i).TrimStart(" \t"u8) is [var first, ..] && first == quote) quoted++;
                    if (result.Counts.Count == 0 && names.Contains(HeaderDetection.Name(reader.GetString(i)))) result.NamesFound = true;
                }

                result.Counts.Add(count);
                result.QuotedFields += quoted;
                if (quoted > 0) result.QuotedRows++;
            }

            if (unterminated && !whole && result.Counts.Count > 1)
            {
                // The sample ends within a quoted field. That is the sample's fault.
                result.MalformedRows--;
                result.Counts.RemoveAt(result.Counts.Count - 1);
            }

            result.FieldCount = Usual(result.Counts);
            result.Agreement = result.Counts.Count == 0 ? 0 : result.Counts.Count(count => count == result.FieldCount) / (double)result.Counts.Count;
            return result;
        }

        public static int Usual(List<int> counts) =>
            counts.Count == 0 ? 0 : counts.GroupBy(count => count).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).First().Key;
    }
}
