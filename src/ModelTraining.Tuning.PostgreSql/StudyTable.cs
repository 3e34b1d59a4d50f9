using Npgsql;

namespace ModelTraining;

/// <summary>The table that holds the entries of all studies of a schema, numbered without a gap within each, and what is asked of it: one statement each, which the server does whole or not at all.</summary>
internal sealed class StudyTable
{
    // Any number will do, as long as everyone who makes the table takes the same.
    private const long CreationLock = 0x4D54_5354_5544_5953;
    private readonly string _name;
    private readonly string _schema;

    public StudyTable(string schema)
    {
        _schema = Quoted(schema);
        _name = $"{_schema}.study_entries";
    }

    /// <summary>Makes the table where it is missing. "If not exists" alone fails where two do it at once.</summary>
    public void Ensure(NpgsqlConnection connection)
    {
        using (var look = new NpgsqlCommand("select to_regclass($1) is not null", connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = _name } } })
        {
            if (look.ExecuteScalar() is true) return; // and who may only read and write needs no more rights
        }

        using var transaction = connection.BeginTransaction();
        using var creation = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand($"select pg_advisory_xact_lock({CreationLock})"),
                new NpgsqlBatchCommand($"create schema if not exists {_schema}"),
                new NpgsqlBatchCommand($"create table if not exists {_name} (study text not null, position integer not null, entry text not null, primary key (study, position))"),
            },
        };
        creation.ExecuteNonQuery();
        transaction.Commit();
    }

    /// <summary>The entries from a position on; null where there are fewer before it than that.</summary>
    public List<string>? Read(NpgsqlConnection connection, string study, int from)
    {
        // The last one that is known comes along: somebody may have deleted the study.
        using var command = new NpgsqlCommand($"select entry from {_name} where study = $1 and position >= $2 order by position", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = study }, new NpgsqlParameter<int> { TypedValue = Math.Max(0, from - 1) } },
        };
        using var reader = command.ExecuteReader();
        if (from > 0 && !reader.Read()) return null;
        var entries = new List<string>();
        while (reader.Read()) entries.Add(reader.GetString(0));
        return entries;
    }

    /// <summary>Adds an entry at a position, if the one before it is there and none at it. Of two who try at once, the second waits for the first, and does nothing.</summary>
    public bool TryInsert(NpgsqlConnection connection, string study, int position, string entry, bool durable)
    {
        // What need not be durable does not wait for the disk: synchronous_commit is off for this statement alone.
        using var command = new NpgsqlCommand(
            $"""
            with commits as materialized (select set_config('synchronous_commit', case when $4 then current_setting('synchronous_commit') else 'off' end, true))
            insert into {_name} (study, position, entry)
            select $1, $2, $3 from commits where $2 = 0 or exists (select from {_name} where study = $1 and position = $2 - 1)
            on conflict do nothing
            """, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = study }, new NpgsqlParameter<int> { TypedValue = position }, new NpgsqlParameter<string> { TypedValue = entry }, new NpgsqlParameter<bool> { TypedValue = durable },
            },
        };
        return command.ExecuteNonQuery() == 1;
    }

    /// <summary>Whether an entry is the one at a position.</summary>
    public bool Has(NpgsqlConnection connection, string study, int position, string entry)
    {
        using var command = new NpgsqlCommand($"select exists (select from {_name} where study = $1 and position = $2 and entry = $3)", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = study }, new NpgsqlParameter<int> { TypedValue = position }, new NpgsqlParameter<string> { TypedValue = entry } },
        };
        return command.ExecuteScalar() is true;
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
