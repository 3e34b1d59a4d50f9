using Npgsql;

namespace ModelTraining.Tests;

/// <summary>
/// An empty database for a test, which goes away with it: of the server that MODELTRAINING_POSTGRES leads to (its user makes databases), or of one that is started for the purpose; the test is skipped where there is
/// neither.
/// </summary>
internal sealed class PostgreSqlDatabase : IDisposable
{
    private readonly PostgreSqlServer? _own;
    private readonly string _server;
    private readonly string _name = $"modeltraining_{Guid.NewGuid():N}";

    private PostgreSqlDatabase(PostgreSqlServer? own, string server) => (_own, _server) = (own, server);

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = _name, Pooling = true, MaxPoolSize = 8 }.ConnectionString;

    public static PostgreSqlDatabase Open()
    {
        if (Environment.GetEnvironmentVariable("MODELTRAINING_POSTGRES") is { Length: > 0 } given) return Made(new PostgreSqlDatabase(null, given));
        var own = PostgreSqlServer.Start();
        return Made(new PostgreSqlDatabase(own, own.ConnectionString));
    }

    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        if (_own is null) Administer($"drop database if exists {_name} with (force)");
        _own?.Dispose();
    }

    private static PostgreSqlDatabase Made(PostgreSqlDatabase database)
    {
        database.Administer($"create database {database._name}");
        return database;
    }

    private void Administer(string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
