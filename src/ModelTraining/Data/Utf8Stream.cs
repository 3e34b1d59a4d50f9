using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ModelTraining;

/// <summary>
/// Text as UTF-8 bytes, checked. A byte that is not of the encoding is an error with its place: a decoder that puts U+FFFD there makes two categories
/// of one, silently.
/// </summary>
internal sealed class Utf8Stream(Stream inner, string name) : ReadOnlyStream
{
    public const int SampleBytes = 64 << 10;

    private readonly byte[] _buffer = new byte[SampleBytes];
    private CommentFilter? _comments;
    private int _start, _ready, _end;
    private bool _ended;
    private long _lines, _offset;

    /// <summary>What is read of the text already and not yet taken. After <see cref="PrimeAsync"/>, its beginning.</summary>
    public ReadOnlySpan<byte> Sample => _buffer.AsSpan(_start, _ready - _start);

    /// <summary>Whether there is nothing after <see cref="Sample"/>.</summary>
    public bool SampleIsAll => _ended;

    /// <summary>The bytes given since the last line end.</summary>
    public long BytesSinceLineEnd { get; private set; }

    /// <summary>Reads the first 64 KiB.</summary>
    /// <param name="skipped">The bytes of the file before the text: its byte order mark.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async ValueTask PrimeAsync(int skipped, CancellationToken cancellationToken)
    {
        _offset = skipped;
        while (!_ended && _end < _buffer.Length)
        {
            int count;
            try
            {
                count = await inner.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            }
            catch (DecoderFallbackException cause)
            {
                throw NotOfEncoding(cause);
            }

            _end += count;
            _ended = count == 0;
        }

        Check();
    }

    /// <summary>Lets reading begin, without comment lines where there are such. To be called once, after <see cref="PrimeAsync"/>.</summary>
    public void Begin(CommentFilter? comments)
    {
        _comments = comments;
        Filter();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_start == _ready && !(_ended && _ready == _end))
        {
            MakeRoom();
            try
            {
                Accept(inner.Read(_buffer.AsSpan(_end)));
            }
            catch (DecoderFallbackException cause)
            {
                throw NotOfEncoding(cause);
            }
        }

        return Give(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_start == _ready && !(_ended && _ready == _end))
        {
            MakeRoom();
            try
            {
                Accept(await inner.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false));
            }
            catch (DecoderFallbackException cause)
            {
                throw NotOfEncoding(cause);
            }
        }

        return Give(buffer.Span);
    }

    private void MakeRoom()
    {
        _buffer.AsSpan(_ready, _end - _ready).CopyTo(_buffer);
        (_start, _ready, _end) = (0, 0, _end - _ready);
    }

    private void Accept(int count)
    {
        _end += count;
        _ended = count == 0;
        Check();
        Filter();
    }

    /// <summary>Moves <see cref="_ready"/> to the end of what is whole characters.</summary>
    private void Check()
    {
        var bytes = _buffer.AsSpan(0, _end);
        _ready = _ended ? _end : _end - Incomplete(bytes);
        if (!Utf8.IsValid(bytes[.._ready])) throw NotUtf8(bytes[.._ready]);
    }

    /// <summary>Takes comments out of what is ready. A beginning of a line that may become a comment waits behind <see cref="_ready"/> for its rest.</summary>
    private void Filter()
    {
        var (written, consumed) = _comments?.Apply(_buffer.AsSpan(0, _ready), last: _ended) ?? (_ready, _ready);
        _lines += _buffer.AsSpan(0, written).Count((byte)'\n');
        _offset += consumed;
        if (written == consumed && consumed == _ready) return;
        _buffer.AsSpan(consumed, _end - consumed).CopyTo(_buffer.AsSpan(written));
        (_ready, _end) = (written, _end - consumed + written);
    }

    private int Give(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _ready - _start);
        var given = _buffer.AsSpan(_start, count);
        given.CopyTo(buffer);
        _start += count;
        var last = given.LastIndexOfAny((byte)'\n', (byte)'\r');
        BytesSinceLineEnd = last < 0 ? BytesSinceLineEnd + count : count - last - 1;
        return count;
    }

    /// <summary>The length of a character at the end of which not all bytes are there; at most 3.</summary>
    private static int Incomplete(ReadOnlySpan<byte> bytes)
    {
        for (var length = 1; length <= Math.Min(3, bytes.Length); length++)
        {
            if (Rune.DecodeFromUtf8(bytes[^length..], out _, out var taken) == OperationStatus.NeedMoreData && taken == length) return length;
        }

        return 0;
    }

    private ModelTrainingException NotUtf8(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var taken) == OperationStatus.Done) at += taken;
        var line = _lines + bytes[..at].Count((byte)'\n') + 1;
        var from = Math.Max(at - 12, bytes[..at].LastIndexOf((byte)'\n') + 1);
        var near = Encoding.Latin1.GetString(bytes[from..Math.Min(bytes.Length, at + 12)].TrimEnd((byte)'\r')).Split('\n')[0];
        return new ModelTrainingException("MT4104",
            $"{name}, line {line}: byte {_offset + at} (0x{bytes[at]:X2}, in '{near}' as Latin-1) is not UTF-8. Say the encoding it was written in, for example Encoding = Encoding.Latin1, or save the file as UTF-8.");
    }

    private ModelTrainingException NotOfEncoding(DecoderFallbackException cause) => new("MT4104",
        $"{name}, after line {_lines + 1}: the bytes {Convert.ToHexString(cause.BytesUnknown ?? [])} are not of the encoding of the file. Say the encoding it was written in by Encoding, or save the file as UTF-8.", cause);

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
