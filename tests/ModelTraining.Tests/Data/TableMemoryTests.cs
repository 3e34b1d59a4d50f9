using System.Globalization;
using System.Text;

namespace ModelTraining.Tests.Data;

internal sealed class TableMemoryTests
{
    private const int Rows = 100_000;

    // Three columns, so 24 bytes a row: 2.3 MiB.
    private static readonly string Text = Enumerable.Range(0, Rows).Aggregate(new StringBuilder("a,b,c\n"), (text, row) => text.Append(CultureInfo.InvariantCulture, $"{row},{row % 10},x\n")).ToString();

    private static async Task<ModelTrainingException?> Error(IDataSource source, long limit)
    {
        try
        {
            await Pipeline.From(source).WithMemoryLimit(limit).RunAsync();
            return null;
        }
        catch (ModelTrainingException error)
        {
            return error;
        }
    }

    [Test]
    public async Task ReadAsync_file_whose_table_will_not_fit_is_told_before_the_limit_is_reached()
    {
        var error = await Error(Csv.Text(Text), 2 << 20);
        Assert.That(error?.Message, Does.Contain("MT2121").And.Contain("CSV text: the table would take about 2.").And.Contain("of 24 bytes, judged by the first 32,768), and 2 MiB may be used")
            .And.Contain(".Sample(rows: 43000)").And.Contain("WithMemoryLimit").And.Contain("TableMemoryTests.cs"));
    }

    [Test]
    public async Task ReadAsync_json_whose_table_will_not_fit_is_told()
    {
        var lines = string.Concat(Enumerable.Range(0, Rows).Select(row => string.Create(CultureInfo.InvariantCulture, $"{{\"a\":{row},\"b\":1,\"c\":\"x\"}}\n")));
        Assert.That((await Error(JsonLines.Text(lines), 2 << 20))?.Message, Does.Contain("MT2121").And.Contain("would take about 2."));
    }

    [Test]
    public async Task ReadAsync_rows_of_unknown_number_are_told_when_they_pass_the_limit()
    {
        var records = Enumerable.Range(0, Rows).Where(row => row >= 0).Select(row => new { A = (long)row, B = (long)row });
        Assert.That((await Error(Records.Of(records), 1 << 20))?.Message, Does.Contain("MT2121").And.Match("records of .*: [0-9,]+ rows take 1.1 MiB already, and 1 MiB may be used"));
    }

    [Test]
    public async Task ReadAsync_query_is_told_when_its_rows_pass_the_limit()
    {
        using var rows = new System.Data.DataTable { Locale = CultureInfo.InvariantCulture };
        rows.Columns.Add("a", typeof(long));
        rows.Columns.Add("b", typeof(string));
        for (var row = 0; row < 5_000; row++) rows.Rows.Add((long)row, $"text {row}");
        Assert.That((await Error(Database.Reader(rows.CreateDataReader()), 100_000))?.Message, Does.Contain("MT2121").And.Contain("rows of DataTableReader").And.Contain("already"));
    }

    [Test]
    public async Task ReadAsync_sample_fits_where_the_whole_does_not() => Assert.That(await Error(Csv.Text(Text).Sample(rows: 20_000), 2 << 20), Is.Null);

    [Test]
    public async Task ReadAsync_sample_that_will_not_fit_is_told() => Assert.That((await Error(Csv.Text(Text).Sample(rows: 60_000), 1 << 20))?.Message, Does.Contain("MT2121"));

    [Test]
    public async Task ReadAsync_table_that_fits_is_read() => Assert.That(await Error(Csv.Text(Text), 3 << 20), Is.Null);

    [Test]
    public async Task WithMemoryLimit_nothing_is_an_error() => Assert.That((await Error(Csv.Text(Text), 0))?.Message, Does.Contain("MT1112").And.Contain("at least 1 byte. Got 0"));
}
