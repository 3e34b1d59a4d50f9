namespace ModelTraining;

/// <summary>Reads JSON Lines: takes the text apart into lines, the lines into columns, infers the types, gives the roles.</summary>
internal sealed class JsonLinesSource(string description, Func<IReadOnlyList<CsvInput>> find, JsonLinesOptions options) : IRowReader
{
    private const int RowsBetweenReports = 4096;

    public string Description => description;

    public ValueTask<Table> ReadAsync(SourceContext context, CancellationToken cancellationToken) => ReadAsync(context, new AllRows(), cancellationToken);

    public async ValueTask<Table> ReadAsync(SourceContext context, RowSampler sampler, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        options.ThrowIfInvalid();

        // As CSV is read: parsing is not for the caller's thread, which may be that of a user interface.
        return await Task.Run(() => ReadInputsAsync(context, sampler, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Table> ReadInputsAsync(SourceContext context, RowSampler sampler, CancellationToken cancellationToken)
    {
        var inputs = find();
        var progress = new ReadingProgress(context.Progress, inputs);
        var memory = new TableMemory(context, sampler, description);
        var rows = new JsonRows(options, sampler, context);
        foreach (var input in inputs)
        {
            await ReadAsync(input, rows, sampler, progress, memory, cancellationToken).ConfigureAwait(false);
            progress.Next(input);
            if (sampler.IsFull) break;
        }

        rows.End(description);
        memory.Check(rows.Count, rows.Bytes, share: null);

        cancellationToken.ThrowIfCancellationRequested();
        var columns = rows.Build(description);
        var left = rows.LeftOut.Except(columns.Select(column => column.Name)).ToList();
        ColumnRoles roles = left.Count == 0 ? options : options with { Ignored = [.. options.Ignored.Except(left)] };
        string[] markers = [.. options.MissingMarkers.Select(marker => marker.Trim())];
        return roles.Build(columns, description, _ => markers.Length == 0 ? TextFormat.Invariant : TextFormat.Invariant with { MissingMarkers = markers });
    }

    private async ValueTask ReadAsync(CsvInput input, JsonRows rows, RowSampler sampler, ReadingProgress progress, TableMemory memory, CancellationToken cancellationToken)
    {
        var (text, source) = await CsvEncoding.OpenAsync(input, options.Encoding, cancellationToken).ConfigureAwait(false);
        await using var closing = text.ConfigureAwait(false);
        text.Begin(comments: null);
        rows.Enter(input.Name);
        var buffer = new byte[Utf8Stream.SampleBytes];
        var (start, end) = (0, 0);
        var (line, more) = (0L, true);
        while (more && !sampler.IsFull)
        {
            var searched = end;
            if (end == buffer.Length) Array.Resize(ref buffer, checked(buffer.Length * 2));
            var count = input.Synchronous ? text.Read(buffer.AsSpan(end)) : await text.ReadAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false);
            end += count;
            more = count > 0;
            for (int length; !sampler.IsFull && (length = Length(buffer.AsSpan(start, end - start), searched - start, last: !more)) >= 0; searched = start)
            {
                if (length > options.MaxLineBytes) throw TooLong(input.Name, line + 1);
                rows.Take(buffer.AsSpan(start, length), ++line);
                start = Math.Min(end, start + length + 1);
                if (line % RowsBetweenReports != 0) continue;
                cancellationToken.ThrowIfCancellationRequested();
                progress.Report(source.BytesTaken);
                memory.Check(rows.Count, rows.Bytes, progress.Share(source.BytesTaken));
            }

            if (end - start > options.MaxLineBytes) throw TooLong(input.Name, line + 1);
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
    }

    /// <summary>The length of the first line, -1 where its end is not there yet. The first <paramref name="searched"/> bytes have no line end.</summary>
    private static int Length(ReadOnlySpan<byte> text, int searched, bool last)
    {
        var at = text[searched..].IndexOf((byte)'\n');
        return at >= 0 ? searched + at : last && !text.IsEmpty ? text.Length : -1;
    }

    private ModelTrainingException TooLong(string input, long line) => new("MT2107",
        $"{input}, line {line}: the line has more than {options.MaxLineBytes} bytes. Check that there is one object a line, or raise MaxLineBytes.");
}
