using System.Data;
using System.Globalization;

namespace ModelTraining.Tests.Data;

/// <summary>Readers of no provider in particular. See <see cref="PostgreSqlTests"/> for a server.</summary>
internal sealed class DatabaseTests
{
    private static DataTable Rows(params (string Name, Type Type)[] columns)
    {
        var rows = new DataTable { Locale = CultureInfo.InvariantCulture };
        foreach (var (name, type) in columns) rows.Columns.Add(name, type);
        return rows;
    }

    [Test]
    public async Task ReadAsync_each_type_becomes_its_column_and_null_is_missing()
    {
        using var rows = Rows(("b", typeof(bool)), ("i", typeof(int)), ("l", typeof(long)), ("s", typeof(short)), ("y", typeof(byte)), ("f", typeof(float)), ("d", typeof(double)),
            ("m", typeof(decimal)), ("t", typeof(DateTime)), ("o", typeof(DateTimeOffset)), ("w", typeof(string)), ("c", typeof(char)), ("g", typeof(Guid)), ("u", typeof(uint)));
        rows.Rows.Add(true, 1, 2L, (short)3, (byte)4, 1.5f, 2.5, 3.5m, new DateTime(2001, 2, 3), new DateTimeOffset(2001, 2, 3, 2, 0, 0, TimeSpan.FromHours(2)), " word ", 'c', Guid.Empty, 5u);
        rows.Rows.Add([.. Enumerable.Repeat<object>(DBNull.Value, 14)]);
        using var reader = rows.CreateDataReader();
        var source = Database.Reader(reader, "w", roles => roles with { Ids = ["i"] });
        var table = await Reading.Of(source);
        Assert.Multiple(() =>
        {
            Assert.That(table.Columns.Select(column => column[0]), Is.EqualTo(new object[]
            {
                true, 1L, 2L, 3L, 4L, 1.5f, 2.5f, 3.5f, new DateTime(2001, 2, 3), new DateTime(2001, 2, 3), "word", "c", "00000000-0000-0000-0000-000000000000", 5L,
            }));
            Assert.That(table.Columns.Select(column => column.IsMissing(1)), Is.All.True);
            Assert.That(table.Schema["i"].Role, Is.EqualTo(ColumnRole.Id));
            Assert.That(table.Schema.Label!.Name, Is.EqualTo("w"));
            Assert.That(source.Description, Is.EqualTo("rows of DataTableReader"));
            Assert.That(reader.IsClosed, Is.False);
        });
    }

    [Test]
    public async Task ReadAsync_data_table_edited_in_memory_is_a_source_by_its_reader()
    {
        using var rows = Rows(("size", typeof(double)), ("kind", typeof(string)));
        for (var i = 0; i < 4; i++) rows.Rows.Add(i + 0.5, i % 2 == 0 ? "even" : DBNull.Value);
        rows.AcceptChanges();
        rows.Rows[1].Delete();
        var table = await Reading.Of(Database.Reader(rows.CreateDataReader(), "size"));
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo("size:Number kind:Text"));
            Assert.That(table.Values("size"), Is.EqualTo(new object[] { 0.5f, 2.5f, 3.5f }), "deleted rows are none");
            Assert.That(table.Values("kind"), Is.EqualTo(new object?[] { "even", "even", null }));
        });
    }

    [Test]
    public async Task ReadAsync_reader_that_was_read_before_fails()
    {
        using var rows = Rows(("a", typeof(int)));
        rows.Rows.Add(1);
        using var reader = rows.CreateDataReader();
        var source = Database.Reader(reader);
        await Reading.Of(source);
        Assert.That(Reading.Fails(source).Message, Does.StartWith("MT4106").And.Contain("read before"));
    }

    [Test]
    public async Task ReadAsync_type_that_no_column_has_fails_unless_ignored()
    {
        using var rows = Rows(("a", typeof(int)), ("raw", typeof(byte[])));
        rows.Rows.Add(1, new byte[] { 1 });
        using var reader = rows.CreateDataReader();
        using var again = rows.CreateDataReader();
        var table = await Reading.Of(Database.Reader(again, configure: roles => roles with { Ignored = ["raw"] }));
        Assert.Multiple(() =>
        {
            Assert.That(Reading.Fails(Database.Reader(reader)).Message, Does.StartWith("MT2113").And.Contain("'raw'").And.Contain("Byte[]").And.Contain("Cast"));
            Assert.That(table.Types(), Is.EqualTo("a:Integer"));
        });
    }

    [Test]
    public void ReadAsync_no_rows_or_wrong_names_fail()
    {
        using var rows = Rows(("income", typeof(int)));
        using var reader = rows.CreateDataReader();
        using var again = rows.CreateDataReader();
        Assert.Multiple(() =>
        {
            Assert.That(Reading.Fails(Database.Reader(reader)).Message, Does.StartWith("MT2101"));
            Assert.That(Reading.Fails(Database.Reader(again, "incom")).Message, Does.StartWith("MT2001").And.Contain("Did you mean 'income'?"));
        });
    }

    [Test]
    public void ReadAsync_value_out_of_range_fails_with_its_place()
    {
        using var rows = Rows(("a", typeof(ulong)));
        rows.Rows.Add(1UL);
        rows.Rows.Add(ulong.MaxValue);
        using var reader = rows.CreateDataReader();
        Assert.That(Reading.Fails(Database.Reader(reader)).Message, Does.StartWith("MT2114").And.Contain("row 2, column 'a'"));
    }
}
