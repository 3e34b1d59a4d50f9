namespace ModelTraining.Tests.Data;

internal sealed class CsvColumnsTests
{
    private const string Text = "id,size,kind,price\n1,2.5,a,10\n2,3.5,b,20\n3,4.5\n";

    private static IDataSource Source(string text, Func<CsvOptions, CsvOptions> configure) => Csv.Text(text, configure: configure);

    [Test]
    public async Task ReadAsync_columns_that_are_named_are_read_in_the_order_of_the_file()
    {
        var (table, repairs) = await Reading.WithRepairs(Source(Text, options => options with { Label = "price", Columns = ["price", "kind"], Types = new Dictionary<string, ColumnType> { ["kind"] = ColumnType.Text } }));
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo("kind:Text price:Integer"));
            Assert.That(table.Values("kind"), Is.EqualTo(new object?[] { "a", "b", null }));
            Assert.That(table.Values("price"), Is.EqualTo(new object?[] { 10L, 20L, null }));
            Assert.That(table.Schema.Label!.Name, Is.EqualTo("price"));
            Assert.That(repairs, Has.One.Contains("1 row ends early"));
        });
    }

    [Test]
    public async Task ReadAsync_name_among_columns_tells_the_header()
    {
        // All text: nothing else tells that the first line has names.
        var table = await Reading.Of(Source("a,b\na,b\nc,d\n", options => options with { Columns = ["b"] }));
        Assert.That(table.Values("b"), Is.EqualTo(new object[] { "b", "d" }));
    }

    [Test]
    public async Task ReadAsync_rows_that_an_open_quote_swallowed_are_given_back_by_all_their_fields()
    {
        // Far behind what is looked at to find out how the text is written.
        var text = "a,b,c\n" + string.Concat(Enumerable.Range(0, 20_000).Select(row => row == 15_000 ? "\"x,2,3\n" : row == 15_002 ? "\"y\",2,3\n" : "z,2,3\n"));
        var table = await Reading.Of(Source(text, options => options with { Columns = ["c"] }));
        Assert.That(table.Values("c"), Is.EqualTo(Enumerable.Repeat<object>(3L, 20_000)));
    }

    [Test]
    public void ReadAsync_row_with_fields_too_many_is_an_error_whatever_is_read() =>
        Assert.That(Reading.Fails(Source("a,b\n1,2\n1,2,3\n", options => options with { Columns = ["a"] })).Message, Does.StartWith("MT2103").And.Contain("line 3").And.Contain("there are 2 columns (the last is 'b')"));

    [Test]
    public void ReadAsync_column_that_is_not_there_is_an_error_with_the_nearest_name() =>
        Assert.That(Reading.Fails(Source(Text, options => options with { Columns = ["prise"] })).Message, Does.StartWith("MT2001").And.Contain("no column 'prise', which is named in Columns").And.Contain("'price'"));

    [Test]
    public void ReadAsync_column_that_two_have_is_an_error() =>
        Assert.That(Reading.Fails(Source("a,a\n1,2\n", options => options with { Columns = ["a"], HasHeader = true })).Message, Does.StartWith("MT2105").And.Contain("two columns are called 'a'"));

    [Test]
    public void ReadAsync_label_that_is_not_read_is_an_error() =>
        Assert.That(Reading.Fails(Source(Text, options => options with { Label = "price", Columns = ["size"] })).Message, Does.StartWith("MT1113").And.Contain("'price' is named for a role or in Types").And.Contain("Add it"));
}
