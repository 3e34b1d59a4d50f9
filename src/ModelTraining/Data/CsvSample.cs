using CsvHelper;

namespace ModelTraining;

/// <summary>The beginning of a text, to be parsed in one way and another.</summary>
/// <param name="text">Whole lines.</param>
/// <param name="whole">Whether nothing follows them.</param>
/// <param name="options">Names of columns that the first line may have.</param>
internal sealed class CsvSample(byte[] text, bool whole, CsvOptions options)
{
    private const int EnoughRows = 100;

    private readonly HashSet<string> _names = [.. options.SaidNames];

    public bool Contains(char character) => text.AsSpan().Contains((byte)character);

    /// <summary>How well a way of writing explains the text.</summary>
    public CsvMeasurement Measure(CsvDialect dialect)
    {
        var result = new CsvMeasurement(dialect);
        var (unterminated, malformed) = (false, false);
        using var reader = CsvReader.Create(WithoutComments(dialect), dialect.ReaderOptions(malformed: record =>
        {
            unterminated |= record.Reason == CsvMalformedReason.UnterminatedQuote;
            malformed |= record.Reason != CsvMalformedReason.StrayQuote;
        }));
        while (reader.Read())
        {
            if (CsvRows.IsBlank(reader)) continue;
            var quoted = 0;
            for (var i = 0; i < reader.FieldCount; i++)
            {
                if (dialect.Quote != CsvOptions.NoQuote && reader.GetRawSpan(i).TrimStart(" \t"u8) is [var first, ..] && first == dialect.Quote) quoted++;
                if (result.Counts.Count == 0 && _names.Contains(HeaderDetection.Name(reader.GetString(i)))) result.NamesFound = true;
            }

            result.Add(reader.FieldCount, quoted, malformed, spanning: reader.RawRecord.Contains((byte)'\n'));
            malformed = false;
        }

        // The sample may end within a quoted field. That is the sample's fault.
        if (unterminated && !whole) result.RemoveLast();
        return result;
    }

    /// <summary>The first rows, their fields trimmed.</summary>
    public List<string[]> Rows(CsvDialect dialect)
    {
        var rows = new List<string[]>();
        using var reader = CsvReader.Create(WithoutComments(dialect), dialect.ReaderOptions());
        while (rows.Count < EnoughRows && reader.Read())
        {
            if (CsvRows.IsBlank(reader)) continue;
            var row = new string[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.GetString(i).Trim();
            rows.Add(row);
        }

        return rows;
    }

    private ReadOnlyMemory<byte> WithoutComments(CsvDialect dialect)
    {
        if (CommentFilter.For(dialect) is not { } comments) return text;
        var copy = (byte[])text.Clone();
        return copy.AsMemory(0, comments.Apply(copy, last: true).Written);
    }
}
