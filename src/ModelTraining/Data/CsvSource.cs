using CsvHelper;

namespace ModelTraining;

/// <summary>Reads delimited text: finds out how it is written, parses, infers the types, gives the roles.</summary>
internal sealed class CsvSource(string description, Func<IReadOnlyList<CsvInput>> find, CsvOptions options) : IRowReader
{
    private const int RowsBetweenReports = 4096;

    public string Description => description;

    public ValueTask<Table> ReadAsync(SourceContext context, CancellationToken cancellationToken) => ReadAsync(context, new AllRows(), cancellationToken);

    public async ValueTask<Table> ReadAsync(SourceContext context, RowSampler sampler, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        options.ThrowIfInvalid();

        // Parsing keeps a core busy, and files are read without waiting; neither is for the caller's thread, which may be that of a user interface.
        return await Task.Run(() => ReadInputsAsync(context, sampler, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Table> ReadInputsAsync(SourceContext context, RowSampler sampler, CancellationToken cancellationToken)
    {
        var inputs = find();
        var progress = new ReadingProgress(context.Progress, inputs);
        var memory = new TableMemory(context, sampler, description);
        CsvDialect? dialect = null;
        CsvRows? rows = null;
        foreach (var input in inputs)
        {
            (dialect, rows) = await ReadAsync(input, dialect, rows, sampler, progress, memory, context, cancellationToken).ConfigureAwait(false);
            progress.Next(input);
            if (sampler.IsFull) break;
        }

        rows?.End();
        memory.Check(rows?.Places.Count ?? 0, rows?.Bytes ?? 0, share: null);

        sampler.ThrowIfNone(rows?.Places.Count ?? 0, description);
        if (rows is null || rows.Places.Count == 0) throw new ModelTrainingException("MT2102", $"{description} has a header ({string.Join(", ", rows?.Names.Take(5) ?? [])}{(rows?.Names.Length > 5 ? ", …" : "")}) and no rows. If its first line is a row, say HasHeader = false.");
        rows.Report(context, description);
        var (columns, formats) = TypeInference.Convert(rows, options, description, context, cancellationToken);
        string[] markers = [.. options.MissingMarkers.Select(marker => marker.Trim())];
        return options.Build(columns, description, i => markers.Length == 0 && options.DefaultMissingMarkers ? formats[i] : formats[i] with { MissingMarkers = markers, WithoutDefaultMissingMarkers = !options.DefaultMissingMarkers });
    }

    /// <summary>Reads one input. The first says how all are written and what their columns are.</summary>
    private async ValueTask<(CsvDialect Dialect, CsvRows Rows)> ReadAsync(
        CsvInput input, CsvDialect? dialect, CsvRows? rows, RowSampler sampler, ReadingProgress progress, TableMemory memory, SourceContext context, CancellationToken cancellationToken)
    {
        var (text, bytes) = await CsvEncoding.OpenAsync(input, options.Encoding, cancellationToken).ConfigureAwait(false);
        await using var closing = text.ConfigureAwait(false);
        dialect ??= CsvSniffer.Detect(text.Sample, text.SampleIsAll, options);
        var comments = CommentFilter.For(dialect);
        text.Begin(comments);
        var quotes = new CsvQuoteProblems(input.Name, dialect);
        using var reader = CsvReader.Create(text, dialect.ReaderOptions(options.MaxRecordBytes, quotes.Found), leaveOpen: true);
        try
        {
            bool more;
            do more = await NextAsync().ConfigureAwait(false);
            while (more && CsvRows.IsBlank(reader));
            if (!more) throw new ModelTrainingException("MT2101", $"{input.Name} is empty. Check that it is the right one, and that what writes it has finished.");
            quotes.ThrowIfOpen([]);
            var header = dialect.HasHeader ? Fields(reader) : null;
            if (rows is null)
            {
                var names = header is null ? CsvHeader.MadeUp(dialect.FieldCount) : CsvHeader.Names(header, dialect, options, input.Name, reader.LineNumber, context);
                rows = new CsvRows(names, header, options, sampler, context.Spill);
                ThrowIfUnknown(rows.Names, dialect, input.Name);
            }
            else if (header is not null)
            {
                ThrowIfOther(header, rows.Header!, input.Name, reader.LineNumber);
            }

            if (header is not null && quotes.TakeSpanning()) quotes.Swallowed(reader.LineNumber);
            var swallowed = new CsvSwallowedRows(dialect, quotes);
            rows.Enter(input.Name);
            if (header is not null) more = await NextAsync().ConfigureAwait(false);
            while (more && !sampler.IsFull)
            {
                quotes.ThrowIfOpen(rows.Names);
                if (!swallowed.GiveBack(reader, rows)) rows.Take(reader);
                if (sampler.Seen % RowsBetweenReports == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress.Report(bytes.BytesTaken);
                    memory.Check(rows.Places.Count, rows.Bytes, progress.Share(bytes.BytesTaken));
                }

                more = input.Synchronous ? reader.Read() : await NextAsync().ConfigureAwait(false);
            }
        }
        catch (CsvFormatException tooLong)
        {
            throw TooLong(input.Name, tooLong, text.BytesSinceLineEnd >= options.MaxRecordBytes);
        }

        quotes.Report(context);
        if (comments is { Count: > 0 } && dialect.CommentPrefix != CsvSniffer.ExcelHint)
        {
            context.Repaired($"{input.Name}: {comments.Count} {(comments.Count == 1 ? "line" : "lines")} that start with '{dialect.CommentPrefix}' are taken for comments and left out; say CommentPrefix = \"\" if they are rows.");
        }

        return (dialect, rows);

        ValueTask<bool> NextAsync() => input.Synchronous ? new(reader.Read()) : reader.ReadAsync(cancellationToken);
    }

    private static string[] Fields(CsvReader reader)
    {
        var fields = new string[reader.FieldCount];
        for (var i = 0; i < fields.Length; i++) fields[i] = reader.GetString(i).Trim();
        return fields;
    }

    /// <summary>A wrong name is an error before all rows are read.</summary>
    private void ThrowIfUnknown(string[] names, CsvDialect dialect, string input)
    {
        var delimiter = dialect.Delimiter == '\t' ? "tab" : $"'{dialect.Delimiter}'";
        var hint = dialect.HasHeader
            ? names.Length == 1 ? $" The delimiter was taken to be {delimiter}; if it is another, say Delimiter." : ""
            : $" The first line was taken for a row, so the columns are column0 to column{names.Length - 1}; if it is a header, say HasHeader = true.";
        options.ThrowIfUnknown(names, input, hint);
        foreach (var (name, option) in options.Types.Keys.Select(name => (name, nameof(options.Types))).Concat(options.Columns.Select(name => (name, nameof(options.Columns)))))
        {
            if (!names.Contains(name, StringComparer.Ordinal)) throw new ModelTrainingException("MT2001", $"{input} has no column '{name}', which is named in {option}. {NearestNames.Sentence(name, names)}{hint}");
        }
    }

    private static void ThrowIfOther(string[] names, string[] expected, string input, long line)
    {
        if (names.SequenceEqual(expected, StringComparer.Ordinal)) return;
        var at = Enumerable.Range(0, Math.Max(names.Length, expected.Length)).First(i => i >= names.Length || i >= expected.Length || names[i] != expected[i]);
        var found = at < names.Length ? $"is '{names[at]}'" : "is not there";
        var wanted = at < expected.Length ? $"'{expected[at]}' in the first file" : $"not there in the first file, which has {expected.Length} columns";
        throw new ModelTrainingException("MT2104", $"{input}, line {line}: column {at + 1} {found}, it is {wanted}. Files that are read as one table have the same columns in the same order; narrow the pattern, or make the headers alike.");
    }

    private ModelTrainingException TooLong(string input, CsvFormatException cause, bool noLineEnd) => noLineEnd
        ? new("MT2107", $"{input}, line {cause.LineNumber}: the line has more than {options.MaxRecordBytes} bytes. Check that this is delimited text with line ends, or raise MaxRecordBytes.", cause)
        : new("MT2106", $"{input}, line {cause.LineNumber}: a quote opens in this row and is not closed within {options.MaxRecordBytes} bytes. Close it, double a quote that is part of a value, say Quote = CsvOptions.NoQuote where quotes are characters like others, or raise MaxRecordBytes.", cause);
}
