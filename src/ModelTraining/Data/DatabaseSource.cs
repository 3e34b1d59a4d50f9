using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace ModelTraining;

/// <summary>Reads a query or a reader, row by row as they come. Neither description nor messages have the connection's text, which may hold a password.</summary>
internal sealed class DatabaseSource : IRowReader
{
    private const int LongestShown = 80;
    private const int RowsBetweenChecks = 1024;

    private readonly ColumnRoles _roles;
    private readonly Func<DbConnection>? _connect;
    private readonly bool _ownsConnection;
    private readonly string _sql = "";
    private readonly DbDataReader? _reader;
    private bool _isRead;

    public DatabaseSource(DbDataReader reader, ColumnRoles roles) => (_reader, _roles, Description) = (reader, roles, $"rows of {reader.GetType().Name}");

    public DatabaseSource(Func<DbConnection> connect, bool ownsConnection, string sql, ColumnRoles roles)
    {
        (_connect, _ownsConnection, _sql, _roles) = (connect, ownsConnection, sql, roles);
        var line = string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Description = $"query {(line.Length <= LongestShown ? line : $"{line.AsSpan(0, LongestShown)}…")}";
    }

    public string Description { get; }

    public ValueTask<Table> ReadAsync(SourceContext context, CancellationToken cancellationToken) => ReadAsync(context, new AllRows(), cancellationToken);

    public async ValueTask<Table> ReadAsync(SourceContext context, RowSampler sampler, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        _roles.ThrowIfInvalid();
        if (_reader is not null)
        {
            if (_isRead || _reader.IsClosed) throw new ModelTrainingException("MT4106", $"The {Description} have been read before, or the reader is closed. Make a new reader for each run, or use Database.Query.");
            _isRead = true;
            return await ReadAsync(_reader, context, sampler, cancellationToken).ConfigureAwait(false);
        }

        var connection = _connect!();
        var opened = false;
        try
        {
            DbDataReader reader;
            var command = connection.CreateCommand();
            await using var disposal = command.ConfigureAwait(false);
            try
            {
                if (connection.State != ConnectionState.Open)
                {
                    opened = true;
                    await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                }

                SetText(command, _sql);
                reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellationToken).ConfigureAwait(false);
            }
            catch (DbException cause)
            {
                throw new ModelTrainingException("MT4107", $"The {Description} failed: {cause.Message}. Try the query in the database's own tool, and see that the server is there.", cause);
            }

            await using var readerDisposal = reader.ConfigureAwait(false);
            return await ReadAsync(reader, context, sampler, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (_ownsConnection) await connection.DisposeAsync().ConfigureAwait(false);
            else if (opened) await connection.CloseAsync().ConfigureAwait(false);
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "The query is the caller's own; there are no parameters to put into it.")]
    private static void SetText(DbCommand command, string sql) => command.CommandText = sql;

    private async ValueTask<Table> ReadAsync(DbDataReader reader, SourceContext context, RowSampler sampler, CancellationToken cancellationToken)
    {
        var fillers = Fillers(reader, context, out var roles);
        roles.ThrowIfUnknown([.. fillers.Select(filler => filler.Name)], $"The {Description}");
        if (fillers.Find(filler => filler.Name == roles.Label) is { } label) sampler.Classes = () => RowClasses.Of(label.Build());
        var memory = new TableMemory(context, sampler, $"The {Description}");
        for (var row = 1; !sampler.IsFull && await NextAsync(reader, row, cancellationToken).ConfigureAwait(false); row++)
        {
            if (row % RowsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ColumnFiller<DbDataReader>.Check(fillers, memory);
            }

            if (!sampler.Takes()) continue;
            foreach (var filler in fillers)
            {
                try
                {
                    filler.Append(reader);
                }
                catch (Exception cause) when (cause is InvalidCastException or FormatException or OverflowException or DbException)
                {
                    throw new ModelTrainingException("MT2114", $"The {Description}: row {row}, column '{filler.Name}' can't be read: {cause.Message} Cast the column to another type in the query.", cause);
                }
            }

            ColumnFiller<DbDataReader>.Drop(fillers, sampler, atEnd: false);
        }

        ColumnFiller<DbDataReader>.Drop(fillers, sampler, atEnd: true);
        ColumnFiller<DbDataReader>.Check(fillers, memory);

        foreach (var filler in fillers) if (filler.Remark is { } remark) context.Repaired($"The {Description}, column '{filler.Name}': {remark}.");
        var columns = fillers.Select(filler => filler.Build()).ToList();
        if (columns.Count > 0) sampler.ThrowIfNone(columns[0].Count, $"The {Description}");
        return roles.Build(columns, $"The {Description}");
    }

    private async ValueTask<bool> NextAsync(DbDataReader reader, int row, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DbException cause)
        {
            throw new ModelTrainingException("MT4107", $"The {Description} failed before row {row}: {cause.Message}. Try the query in the database's own tool, and see that the server is there.", cause);
        }
    }

    /// <param name="reader">The reader, before its first row.</param>
    /// <param name="context">Takes repairs of names.</param>
    /// <param name="known">The roles without ignored columns that no column can hold.</param>
    private List<ColumnFiller<DbDataReader>> Fillers(DbDataReader reader, SourceContext context, out ColumnRoles known)
    {
        var fillers = new List<ColumnFiller<DbDataReader>>();
        var (left, problems) = (new List<string>(), new List<Problem>());
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var name = reader.GetName(i).Trim();
            if (name is "" or "?column?")
            {
                // What PostgreSQL and SQL Server call an expression without a name.
                name = HeaderDetection.MadeUp(i);
                context.Repaired($"The {Description}: column {i + 1} has no name; it is called '{name}'. Name it by AS.");
            }

            if (fillers.Any(filler => filler.Name == name)) problems.Add(new Problem("MT2002", $"The {Description}: two columns have the name '{name}'. Rename one of them by AS."));
            else if (DatabaseField.Filler(reader, i, name) is { } filler)
            {
                filler.Spill = context.Spill;
                fillers.Add(filler);
            }
            else if (_roles.Ignored.Contains(name, StringComparer.Ordinal)) left.Add(name);
            else problems.Add(new Problem("MT2113", $"The {Description}: column '{name}' is of type {reader.GetDataTypeName(i)} ({reader.GetFieldType(i).Name}), which no column has. Cast it to text, a number or a date in the query, or name it in Ignored."));
        }

        if (problems.Count > 0) throw new ModelTrainingException(problems);
        known = left.Count == 0 ? _roles : _roles with { Ignored = [.. _roles.Ignored.Except(left)] };
        return fillers;
    }
}
