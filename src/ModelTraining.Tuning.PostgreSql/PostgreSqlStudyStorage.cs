using System.Net.Sockets;
using Npgsql;

namespace ModelTraining;

/// <summary>
/// A study in a table of PostgreSQL, shared by any number of processes on any number of machines; many studies may be in one database, each by its name. The table is made on first use, by whichever process
/// comes first. A connection that is lost is opened again, and what was under way is done once, also where the answer was lost with the connection. Safe to use from many threads.
/// <code>
/// using var storage = new PostgreSqlStudyStorage("Host=db;Username=tuner;Password=…;Database=studies", "digits");
/// using var study = new Study(space, o => o with { Storage = storage });
/// </code>
/// </summary>
public sealed class PostgreSqlStudyStorage : IStudyStorage, IDisposable
{
    private readonly PostgreSqlStorageOptions _options;
    private readonly NpgsqlDataSource _database;
    private readonly bool _owned;
    private readonly StudyTable _table;
    private volatile bool _isReady;

    /// <summary>A study in the database that a connection string leads to. Connections are pooled until the object is disposed of.</summary>
    /// <param name="connectionString">Host, database, user, password and whatever else Npgsql takes. It is in no message.</param>
    /// <param name="study">The study's name.</param>
    /// <param name="configure">Changes the options: <c>o => o with { Schema = "tuning" }</c>.</param>
    /// <exception cref="ModelTrainingException">MT1861: an option is wrong. MT4410: the connection string is none of Npgsql's.</exception>
    public PostgreSqlStudyStorage(string connectionString, string study, Func<PostgreSqlStorageOptions, PostgreSqlStorageOptions>? configure = null)
        : this(Open(connectionString), study, configure) => _owned = true;

    /// <summary>A study in the database of a data source, which stays yours.</summary>
    /// <param name="database">The data source: for certificates, or passwords that change.</param>
    /// <param name="study">The study's name.</param>
    /// <param name="configure">Changes the options: <c>o => o with { Schema = "tuning" }</c>.</param>
    /// <exception cref="ModelTrainingException">MT1861: an option is wrong.</exception>
    public PostgreSqlStudyStorage(NpgsqlDataSource database, string study, Func<PostgreSqlStorageOptions, PostgreSqlStorageOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentException.ThrowIfNullOrWhiteSpace(study);
        var options = new PostgreSqlStorageOptions();
        if (configure is not null) options = configure(options) ?? throw new ArgumentException("The options were configured to null.", nameof(configure));
        if (options.Validate().ToList() is { Count: > 0 } problems) throw new ModelTrainingException(problems);
        (_database, Study, _options, _table) = (database, study, options, new StudyTable(options.Schema));
    }

    /// <summary>The study's name.</summary>
    public string Study { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Read(int from) => Reach((connection, _) => _table.Read(connection, Study, from)) ?? throw Unreachable($"it had {from} entries, and has fewer now.", null);

    /// <inheritdoc/>
    public bool TryAppend(int count, string entry, bool durable)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.AsSpan().ContainsAny('\r', '\n')) throw new ArgumentException("An entry is one line.", nameof(entry));
        // After a connection was lost, an entry that stands there may be the one that was sent before: an event names its worker, so that no two are equal.
        return Reach((connection, isRetry) => _table.TryInsert(connection, Study, count, entry, durable) || (isRetry && _table.Has(connection, Study, count, entry)));
    }

    /// <summary>Closes the connections, unless the data source is the caller's.</summary>
    public void Dispose()
    {
        if (_owned) _database.Dispose();
    }

    /// <summary>The study and its database, without secrets.</summary>
    public override string ToString()
    {
        var address = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        return $"'{Study}' of the database '{address.Database ?? address.Username}' at {address.Host}";
    }

    private static NpgsqlDataSource Open(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        try
        {
            return NpgsqlDataSource.Create(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            // What the parser says of it may repeat a part of it.
            throw new ModelTrainingException("MT4410", "The connection string is none that Npgsql takes. Write it as \"Host=…;Database=…;Username=…;Password=…\"; addresses that begin with postgres:// are not taken.");
        }
    }

    private T Reach<T>(Func<NpgsqlConnection, bool, T> work)
    {
        var started = _options.Time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var wait = TimeSpan.FromMilliseconds(Math.Min(1000, 20 << Math.Min(attempt, 6)));
            try
            {
                using var connection = _database.OpenConnection();
                if (!_isReady) _table.Ensure(connection);
                _isReady = true;
                return work(connection, attempt > 0);
            }
            catch (NpgsqlException exception)
            {
                if (!MayPass(exception) || _options.Time.GetElapsedTime(started) + wait > _options.Patience)
                {
                    throw Unreachable((exception as PostgresException)?.MessageText ?? exception.Message, exception);
                }

                Thread.Sleep(wait);
            }
        }
    }

    private ModelTrainingException Unreachable(string why, Exception? cause) =>
        new("MT4400", $"The study {this} can't be read or written: {why} See that the server is up and its address right, and that the user may make and write tables in the schema '{_options.Schema}'.", cause);

    /// <summary>Whether trying again may help: a server that starts, a line that broke, too many connections. A wrong password or a name that nobody knows stays wrong.</summary>
    private bool MayPass(NpgsqlException exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow } => true,
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound } } => _isReady,
        _ => exception.IsTransient,
    };
}
