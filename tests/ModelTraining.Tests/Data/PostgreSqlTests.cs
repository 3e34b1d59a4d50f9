using System.Data;
using Npgsql;

namespace ModelTraining.Tests.Data;

internal sealed class PostgreSqlTests
{
    private PostgreSqlServer? _server;
    private NpgsqlDataSource? _database;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = PostgreSqlServer.Start();
        _database = NpgsqlDataSource.Create(_server.ConnectionString);
        await using var command = _database.CreateCommand("""
            create table people (
              id uuid, age int, small smallint, big bigint, height real, weight double precision, income numeric(12, 2), smoker boolean, name text, code varchar(5), fixed char(3),
              born date, seen timestamp, noted timestamptz, vector real[], raw bytea);
            insert into people values
              ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 39, 1, 5000000000, 1.75, 70.5, 1234.50, true, ' Ada ', '02208', 'x', '1815-12-10', '2001-02-03 04:05:06', '2001-02-03 04:05:06+02', '{1,2}', '\x00'),
              (null, null, null, null, null, null, null, null, null, null, null, null, null, null, '{3,4}', null);
            create sequence reads;
            """);
        await command.ExecuteNonQueryAsync();
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _database?.Dispose();
        _server?.Dispose();
    }

    [Test]
    public async Task ReadAsync_query_gives_each_type_its_column_and_null_is_missing()
    {
        var source = Database.Query(_database!, "select id, age, small, big, height, weight, income, smoker, name, code, fixed, born, seen, noted from people", "income", roles => roles with { Ids = ["id"] });
        var table = await Reading.Of(source);
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo("id:Text age:Integer small:Integer big:Integer height:Number weight:Number income:Number smoker:Boolean name:Text code:Text fixed:Text born:DateTime seen:DateTime noted:DateTime"));
            Assert.That(table.Columns.Select(column => column[0]), Is.EqualTo(new object[]
            {
                "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", 39L, 1L, 5_000_000_000L, 1.75f, 70.5f, 1234.5f, true, "Ada", "02208", "x",
                new DateTime(1815, 12, 10), new DateTime(2001, 2, 3, 4, 5, 6), new DateTime(2001, 2, 3, 2, 5, 6),
            }));
            Assert.That(table.Columns.Select(column => column.IsMissing(1)), Is.All.True);
            Assert.That(table.Schema.Label!.Name, Is.EqualTo("income"));
        });
    }

    [Test]
    public async Task ReadAsync_adult_comes_back_as_it_went_in()
    {
        var expected = await Reading.Of(Csv.File(TestData.Shared("tabular/adult.csv")));
        await using var connection = await _database!.OpenConnectionAsync();
        await using (var command = new NpgsqlCommand("create table adult (age bigint, education text, gain bigint)", connection)) await command.ExecuteNonQueryAsync();
        await using (var import = await connection.BeginBinaryImportAsync("copy adult from stdin (format binary)"))
        {
            for (var row = 0; row < expected.RowCount; row++)
            {
                await import.StartRowAsync();
                foreach (var name in new[] { "age", "education", "capital-gain" }) await import.WriteAsync(expected[name][row]);
            }

            await import.CompleteAsync();
        }

        var table = await Reading.Of(Database.Query(connection, "select age, education, gain as \"capital-gain\" from adult"));
        Assert.Multiple(() =>
        {
            Assert.That(table.RowCount, Is.EqualTo(expected.RowCount));
            foreach (var column in table.Columns) Assert.That(table.Values(column.Name), Is.EqualTo(expected.Values(column.Name)));
            Assert.That(connection.State, Is.EqualTo(ConnectionState.Open), "it was open before");
        });
    }

    [Test]
    public async Task ReadAsync_query_is_executed_once_a_run()
    {
        await using var connection = _database!.CreateConnection();
        var source = Database.Query(connection, "select nextval('reads') as reads from people limit 1");
        var first = await Reading.Of(source);
        var second = await Reading.Of(source);
        Assert.Multiple(() =>
        {
            Assert.That((first["reads"][0], second["reads"][0]), Is.EqualTo((1L, 2L)));
            Assert.That(connection.State, Is.EqualTo(ConnectionState.Closed), "it was closed before");
        });
    }

    [Test]
    public async Task ReadAsync_reader_of_a_command_with_parameters_is_read()
    {
        await using var command = _database!.CreateCommand("select age, vector from people where age > $1");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = 30 });
        await using var reader = await command.ExecuteReaderAsync();
        Assert.That((await Reading.Of(Database.Reader(reader, configure: roles => roles with { Ignored = ["vector"] }))).Values("age"), Is.EqualTo(new object[] { 39L }));
    }

    [Test]
    public async Task ReadAsync_expression_without_name_is_named_and_reported()
    {
        var (table, repairs) = await Reading.WithRepairs(Database.Query(_database!, "select age, 1 + 1 from people"));
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo("age:Integer column1:Integer"));
            Assert.That(repairs, Has.Some.Contains("column 2 has no name"));
        });
    }

    [Test]
    public void ReadAsync_columns_of_one_name_or_of_no_type_fail()
    {
        var failure = Reading.Fails(Database.Query(_database!, "select age, age, raw from people"));
        Assert.Multiple(() =>
        {
            Assert.That(failure.Problems.Select(problem => problem.Id), Is.EqualTo(new[] { "MT2002", "MT2113" }));
            Assert.That(failure.Message, Does.Contain("'age'").And.Contain("'raw'").And.Contain("bytea"));
        });
    }

    [Test]
    public void ReadAsync_query_that_fails_says_why_and_shows_no_secret()
    {
        var source = Database.Query(_database!, "select *\n  from   poeple");
        var failure = Reading.Fails(source);
        Assert.Multiple(() =>
        {
            Assert.That(failure.Message, Does.StartWith("MT4107").And.Contain("query select * from poeple").And.Contain("does not exist"));
            Assert.That(source.Description, Is.EqualTo("query select * from poeple"));
            Assert.That(failure.ToString() + source.Description, Does.Not.Contain("not-to-be-shown"));
        });
    }

    [Test]
    public void ReadAsync_query_that_fails_between_rows_says_where()
    {
        var failure = Reading.Fails(Database.Query(_database!, "select 1 / (3 - i) as x from generate_series(1, 5) as i"));
        Assert.That(failure.Message, Does.StartWith("MT4107").And.Contain("division by zero"));
    }

    [Test]
    public void ReadAsync_server_that_is_not_there_fails()
    {
        using var connection = new NpgsqlConnection("Host=/nowhere;Username=u;Password=not-to-be-shown");
        var failure = Reading.Fails(Database.Query(connection, "select 1"));
        Assert.Multiple(() =>
        {
            Assert.That(failure.Message, Does.StartWith("MT4107"));
            Assert.That(failure.ToString(), Does.Not.Contain("not-to-be-shown"));
        });
    }

    [Test]
    public void ReadAsync_cancelled_ends()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.That(async () => await Database.Query(_database!, "select i from generate_series(1, 100000) as i").ReadAsync(new SourceContext(), cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
    }
}
