namespace ModelTraining;

/// <summary>A stream whose first bytes can be looked at before they are read.</summary>
internal sealed class PeekedStream(Stream inner, bool leaveOpen) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> _head;

    /// <summary>The bytes taken from the source so far.</summary>
    public long BytesTaken { get; private set; }

    /// <summary>The first bytes: <paramref name="count"/> of them, fewer where there are no more. To be called once, before anything is read.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int count, CancellationToken cancellationToken)
    {
        var head = new byte[count];
        var read = await inner.ReadAtLeastAsync(head, count, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        BytesTaken = read;
        _head = head.AsMemory(0, read);
        return _head;
    }

    /// <summary>Leaves out the first <paramref name="count"/> of the bytes that were looked at.</summary>
    public void Skip(int count) => _head = _head[count..];

    public override int Read(Span<byte> buffer) => _head.IsEmpty ? Taken(inner.Read(buffer)) : FromHead(buffer);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _head.IsEmpty ? FromInnerAsync(buffer, cancellationToken) : new(FromHead(buffer.Span));

    private int FromHead(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _head.Length);
        _head.Span[..count].CopyTo(buffer);
        _head = _head[count..];
        return count;
    }

    private async ValueTask<int> FromInnerAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        Taken(await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    private int Taken(int count)
    {
        BytesTaken += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen) inner.Dispose();
        base.Dispose(disposing);
    }
}
