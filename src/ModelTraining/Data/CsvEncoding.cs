using System.Text;

namespace ModelTraining;

/// <summary>Finds out the encoding of a file by its first bytes, and that a file is no text at all.</summary>
internal static class CsvEncoding
{
    private const int HeadBytes = 4096;

    /// <summary>The beginnings of files that are often taken for text, and what to do with them.</summary>
    private static readonly (byte[] Start, string Is)[] Signatures =
    [
        ("PK\x03\x04"u8.ToArray(), "a ZIP archive (an .xlsx workbook is one). Save the sheet as CSV, or unpack the archive"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an Excel workbook. Save the sheet as CSV"),
        ([0x1F, 0x8B], "packed with gzip twice. Unpack it once"),
        ("PAR1"u8.ToArray(), "a Parquet file. Write it as CSV"),
        ("SQLite format 3"u8.ToArray(), "an SQLite database. Read it by Database.Query"),
    ];

    /// <summary>Opens an input as UTF-8 text that is primed, unpacked where it is packed with gzip. The source counts the bytes as they are stored.</summary>
    /// <exception cref="ModelTrainingException">MT4104: bytes that are not of the encoding. MT4105: no text. MT4108: damaged gzip.</exception>
    public static async ValueTask<(Utf8Stream Text, PeekedStream Source)> OpenAsync(CsvInput input, Encoding? encoding, CancellationToken cancellationToken)
    {
        var source = new PeekedStream(input.Open(), input.LeaveOpen);
        try
        {
            var head = await source.PeekAsync(HeadBytes, cancellationToken).ConfigureAwait(false);
            var content = source;
            if (GzipText.IsStartOf(head.Span))
            {
                content = new PeekedStream(new GzipText(source, input.Name), leaveOpen: false);
                head = await content.PeekAsync(HeadBytes, cancellationToken).ConfigureAwait(false);
            }

            var (marked, mark) = ByteOrderMark(head.Span);
            content.Skip(mark);
            encoding = marked ?? encoding ?? Encoding.UTF8;
            var isUtf8 = encoding.CodePage == Encoding.UTF8.CodePage;
            if (marked is null) ThrowIfNoText(input.Name, head.Span, isUtf8);
            var text = new Utf8Stream(isUtf8 ? content : Encoding.CreateTranscodingStream(content, Strict(encoding), Encoding.UTF8), input.Name);
            await text.PrimeAsync(mark, cancellationToken).ConfigureAwait(false);
            return (text, source);
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static (Encoding? Encoding, int Length) ByteOrderMark(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
        [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: true), 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        _ => (null, 0),
    };

    private static Encoding Strict(Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }

    private static void ThrowIfNoText(string name, ReadOnlySpan<byte> head, bool isUtf8)
    {
        foreach (var (start, what) in Signatures)
        {
            if (head.StartsWith(start)) throw new ModelTrainingException("MT4105", $"{name} is no text: it is {what}.");
        }

        var zero = head.IndexOf((byte)0);
        if (!isUtf8 || zero < 0) return;
        var fix = zero switch
        {
            0 => "This looks like UTF-16 without a byte order mark: say Encoding = Encoding.BigEndianUnicode.",
            _ when head.Length > zero + 2 && head[zero + 1] != 0 => "This looks like UTF-16 without a byte order mark: say Encoding = Encoding.Unicode.",
            _ => "It is another kind of file, or of another encoding: say which by Encoding.",
        };
        throw new ModelTrainingException("MT4105", $"{name}, line {head[..zero].Count((byte)'\n') + 1}: byte {zero} is 0, which text does not have. {fix}");
    }
}
