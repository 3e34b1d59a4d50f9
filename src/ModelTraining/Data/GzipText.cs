using System.IO.Compression;

namespace ModelTraining;

/// <summary>
/// What a gzip stream holds, unpacked as it is read. Damage is an error that names the source. <see cref="GZipStream"/> takes an end in the middle for the
/// end of the data, which would train on half a file; so at the end it is given one more member, which it can only read where all before are whole.
/// </summary>
internal sealed class GzipText : ReadOnlyStream
{
    /// <summary>A member that holds <see cref="Mark"/>, packed by <see cref="GZipStream"/>.</summary>
    private static readonly byte[] MarkMember = Packed(Mark);

    private readonly Appendable _packed;
    private readonly GZipStream _unpacked;
    private readonly string _name;
    private long _count;
    private bool _ended;

    /// <param name="packed">The gzip stream; disposed with this one.</param>
    /// <param name="name">The name of the source for messages.</param>
    public GzipText(Stream packed, string name)
    {
        _packed = new Appendable(packed);
        _unpacked = new GZipStream(_packed, CompressionMode.Decompress);
        _name = name;
    }

    private static ReadOnlySpan<byte> Mark => "the end of all members"u8;

    /// <summary>Whether <paramref name="head"/> are the first bytes of a gzip stream (RFC 1952, section 2.3.1).</summary>
    public static bool IsStartOf(ReadOnlySpan<byte> head) => head is [0x1F, 0x8B, ..];

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || _ended) return 0;
        try
        {
            var count = _unpacked.Read(buffer);
            if (count > 0) return Counted(count);
            var end = BeginEnd();
            ThrowIfNotMark(end.AsSpan(0, _unpacked.ReadAtLeast(end, end.Length, throwOnEndOfStream: false)));
            return 0;
        }
        catch (InvalidDataException cause)
        {
            throw Damaged(cause);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || _ended) return 0;
        try
        {
            var count = await _unpacked.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count > 0) return Counted(count);
            var end = BeginEnd();
            ThrowIfNotMark(end.AsSpan(0, await _unpacked.ReadAtLeastAsync(end, end.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false)));
            return 0;
        }
        catch (InvalidDataException cause)
        {
            throw Damaged(cause);
        }
    }

    private int Counted(int count)
    {
        _count += count;
        return count;
    }

    private byte[] BeginEnd()
    {
        _packed.Append(MarkMember);
        return new byte[Mark.Length + 1];
    }

    private void ThrowIfNotMark(ReadOnlySpan<byte> end)
    {
        if (!end.SequenceEqual(Mark)) throw Damaged(null);
        _ended = true;
    }

    private ModelTrainingException Damaged(Exception? cause) => new("MT4108",
        $"{_name}: the gzip data is damaged or ends too early, after {_count} unpacked bytes. Fetch the file again, or pack it again; 'gzip -t' checks one.", cause);

    private static byte[] Packed(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Fastest)) packing.Write(bytes);
        return packed.ToArray();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _unpacked.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>A stream with bytes after its end.</summary>
    private sealed class Appendable(Stream inner) : ReadOnlyStream
    {
        private ReadOnlyMemory<byte>? _appended;

        public void Append(byte[] bytes) => _appended = bytes;

        public override int Read(Span<byte> buffer) => _appended is null ? inner.Read(buffer) : Appended(buffer);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _appended is null ? inner.ReadAsync(buffer, cancellationToken) : new(Appended(buffer.Span));

        private int Appended(Span<byte> buffer)
        {
            var rest = _appended!.Value;
            var count = Math.Min(buffer.Length, rest.Length);
            rest.Span[..count].CopyTo(buffer);
            _appended = rest[count..];
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
