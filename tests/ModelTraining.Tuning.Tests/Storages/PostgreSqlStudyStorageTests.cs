using Npgsql;

namespace ModelTraining.Tests.Storages;

[NonParallelizable]
internal sealed class PostgreSqlStudyStorageTests : StudyStorageConformance
{
    private readonly List<PostgreSqlStudyStorage> _opened = [];
    private PostgreSqlDatabase? _database;
    private string _schema = "";

    private PostgreSqlDatabase Database => _database!;

    private string Table => $"\"{_schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\".study_entries";

    [OneTimeSetUp]
    public void Start() => _database = PostgreSqlDatabase.Open();

    [OneTimeTearDown]
    public void Stop() => _database?.Dispose();

    [SetUp]
    public void NewSchema() => _schema = $"Study \"{Guid.NewGuid():N}";

    [TearDown]
    public void Close()
    {
        foreach (var storage in _opened) storage.Dispose();
        _opened.Clear();
    }

    private protected override IStudyStorage Open() => Open("study");

    private PostgreSqlStudyStorage Open(string study, string? connectionString = null)
    {
        var storage = new PostgreSqlStudyStorage(connectionString ?? Database.ConnectionString, study, o => o with { Schema = _schema });
        lock (_opened) _opened.Add(storage);
        return storage;
    }

    [Test]
    public void TryAppend_toSeveralStudies_keepsThemApart()
    {
        var (one, other) = (Open("one"), Open("other"));
        one.TryAppend(0, "of one", durable: true);

        Assert.That(other.Read(0), Is.Empty);
        Assert.That(other.TryAppend(0, "of the other", durable: true), Is.True);
        Assert.That(one.Read(0), Is.EqualTo(new[] { "of one" }));
    }

    [Test]
    public void Read_byManyWhereTheTableIsMissing_makesItOnce() =>
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => Assert.That(Open().Read(0), Is.Empty));

    [Test]
    public void Read_ofWhatIsNew_reads_nothingElse()
    {
        var storage = Open();
        storage.Read(0);
        Database.Execute($"insert into {Table} select 'study', i, 'entry ' || i from generate_series(0, 29999) i; analyze {Table}");

        Assert.That(storage.Read(29_998), Is.EqualTo(new[] { "entry 29998", "entry 29999" }));
        Assert.That(storage.TryAppend(30_000, "next", durable: true), Is.True);
        Database.Execute($"update {Table} set entry = null where false; alter table {Table} alter entry drop not null; update {Table} set entry = null where position < 29999");
        Assert.That(storage.Read(30_000), Is.EqualTo(new[] { "next" }), "entries that were read before would be an error now");
    }

    [Test]
    public void Read_whereTheStudyWasDeleted_isAnError()
    {
        var storage = Open();
        storage.TryAppend(0, "first", durable: true);
        Database.Execute($"delete from {Table}");
        var thrown = Assert.Throws<ModelTrainingException>(() => storage.Read(1))!;

        Assert.That(thrown.Id, Is.EqualTo("MT4400"));
        Assert.That(thrown.Message, Does.Contain("'study'").And.Contain("fewer now"));
    }

    [Test]
    public void TryAppend_whereTheServerClosedTheConnections_opensOthers()
    {
        var storage = Open();
        Parallel.For(0, 4, _ => storage.Read(0));
        Database.Execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");

        Assert.That(storage.TryAppend(0, "first", durable: true), Is.True);
        Assert.That(storage.Read(0), Is.EqualTo(new[] { "first" }));
    }

    [Test]
    public void TryAppend_whoseAnswerWasLost_knowsThatItWasDone()
    {
        using var line = new BreakableLine(Database.ConnectionString);
        var storage = Open("study", line.ConnectionString);
        storage.TryAppend(0, "first", durable: true);
        line.LoseNextAnswer();

        Assert.That(storage.TryAppend(1, "second", durable: true), Is.True);
        Assert.That(line.Lost, Is.EqualTo(1));
        Assert.That(storage.Read(0), Is.EqualTo(new[] { "first", "second" }));
        Assert.That(Open().TryAppend(1, "second", durable: true), Is.False, "of another process it would be another entry");
    }

    [Test]
    public void Read_byAUserWhoMayNotMakeTables_worksWhereTheyAreThere()
    {
        Open().TryAppend(0, "first", durable: true);
        var quoted = _schema.Replace("\"", "\"\"", StringComparison.Ordinal);
        Database.Execute($"create role \"{quoted}\" login; grant usage on schema \"{quoted}\" to \"{quoted}\"; grant select, insert on {Table} to \"{quoted}\"");
        var limited = Open("study", new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Username = _schema }.ConnectionString);

        Assert.That(limited.Read(0), Is.EqualTo(new[] { "first" }));
        Assert.That(limited.TryAppend(1, "second", durable: true), Is.True);
    }
}
