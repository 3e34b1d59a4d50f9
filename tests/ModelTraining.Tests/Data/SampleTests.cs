using System.Data;
using System.Globalization;
using System.Text;
using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Data;

internal sealed class SampleTests
{
    private const int Rows = 30_000;
    private const int Wanted = 6_000; // more than the least room, so that rows are dropped while more come

    private sealed record Visit(int Id, float? Spent, string City, string Key, DateTime Day, bool Member);

    private static readonly Visit[] Visits =
    [
        .. Enumerable.Range(0, Rows).Select(id => new Visit(
            id, id % 7 == 0 ? null : id / 8f, id == 1 ? "Atlantis" : id % 2 == 0 ? "Oslo" : "Graz", $"k{id}", new DateTime(2001, 1, 1).AddDays(id % 900), id % 3 == 0)),
    ];

    private static readonly string AsCsv = Visits.Aggregate(new StringBuilder("Id,Spent,City,Key,Day,Member\n"), (text, visit) =>
        text.Append(CultureInfo.InvariantCulture, $"{visit.Id},{visit.Spent},{visit.City},{visit.Key},{visit.Day:yyyy-MM-dd},{(visit.Member ? "true" : "false")}\n")).ToString();

    private static readonly string AsJson = Visits.Aggregate(new StringBuilder(), (text, visit) =>
        text.Append(CultureInfo.InvariantCulture, $"{{\"Id\":{visit.Id},\"Spent\":{(visit.Spent is { } spent ? spent : "null")},\"City\":\"{visit.City}\",\"Key\":\"{visit.Key}\",\"Day\":\"{visit.Day:yyyy-MM-dd}\",\"Member\":{(visit.Member ? "true" : "false")}}}\n")).ToString();

    private static IEnumerable<TestCaseData> Sources()
    {
        yield return Source("Csv", () => Csv.Text(AsCsv));
        yield return Source("JsonLines", () => JsonLines.Text(AsJson));
        yield return Source("Records", () => Records.Of(Visits));
        yield return Source("AsyncRecords", () => Records.Of(Visits.ToAsyncEnumerable()));
        yield return Source("Database", () => Database.Reader(AsDataTable().CreateDataReader()));
        yield return Source("Other", () => new CountingSource(Csv.Text(AsCsv)));

        static TestCaseData Source(string name, Func<IDataSource> source) => new TestCaseData(source).SetArgDisplayNames(name);
    }

    private static DataTable AsDataTable()
    {
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        foreach (var (name, type) in new[] { ("Id", typeof(int)), ("Spent", typeof(float)), ("City", typeof(string)), ("Key", typeof(string)), ("Day", typeof(DateTime)), ("Member", typeof(bool)) }) table.Columns.Add(name, type);
        foreach (var visit in Visits) table.Rows.Add(visit.Id, visit.Spent is { } spent ? spent : DBNull.Value, visit.City, visit.Key, visit.Day, visit.Member);
        return table;
    }

    private static async Task<long[]> IdsOf(IDataSource source) => ((IntegerColumn)(await Reading.Of(source))["Id"]).Values.ToArray();

    private static void AssertWhole(Table table)
    {
        for (var row = 0; row < table.RowCount; row++)
        {
            var visit = Visits[(long)table["Id"][row]!];
            var read = new Visit(visit.Id, (float?)table["Spent"][row], (string)table["City"][row]!, (string)table["Key"][row]!, (DateTime)table["Day"][row]!, (bool)table["Member"][row]!);
            if (read != visit) Assert.Fail($"Row {row} is {read}, it was {visit}.");
        }
    }

    [TestCaseSource(nameof(Sources))]
    public async Task Sample_rows_of_any_source_are_whole_in_order_and_from_everywhere(Func<IDataSource> source)
    {
        var (table, repairs) = await Reading.WithRepairs(source().Sample(rows: Wanted));
        AssertWhole(table);
        var ids = ((IntegerColumn)table["Id"]).Values.ToArray();
        var tenths = ids.CountBy(id => id * 10 / Rows).Select(tenth => tenth.Value).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(ids, Has.Length.EqualTo(Wanted));
            Assert.That(ids, Is.Ordered.Ascending.And.Unique);
            Assert.That(tenths, Has.Count.EqualTo(10).And.All.EqualTo(Wanted / 10).Within(5 * Math.Sqrt(Wanted / 10)), "five deviations");
            Assert.That(repairs, Has.One.Contains("6,000 of 30,000 rows are taken, drawn at random"));
        });
    }

    [TestCaseSource(nameof(Sources))]
    public async Task Sample_of_any_source_draws_the_same_rows(Func<IDataSource> source)
    {
        var rows = await IdsOf(source().Sample(rows: Wanted));
        Assert.That(rows, Is.EqualTo(await IdsOf(Records.Of(Visits).Sample(rows: Wanted))));
    }

    [TestCaseSource(nameof(Sources))]
    public async Task Sample_share_takes_about_that_share(Func<IDataSource> source)
    {
        var (table, repairs) = await Reading.WithRepairs(source().Sample(share: 0.25));
        AssertWhole(table);
        Assert.Multiple(() =>
        {
            Assert.That(table.RowCount, Is.EqualTo(Rows / 4).Within(5 * Math.Sqrt(Rows * 0.25 * 0.75)));
            Assert.That(repairs, Has.One.EndsWith("of 30,000 rows are taken, drawn at random with a chance of 0.25 each."));
        });
    }

    [TestCaseSource(nameof(Sources))]
    public async Task Take_the_first_rows_are_taken(Func<IDataSource> source)
    {
        var (table, repairs) = await Reading.WithRepairs(source().Take(1234));
        AssertWhole(table);
        Assert.Multiple(() =>
        {
            Assert.That(((IntegerColumn)table["Id"]).Values.ToArray(), Is.EqualTo(Enumerable.Range(0, 1234)));
            Assert.That(repairs, Has.One.Contains("the first 1,234 rows are taken, those after them are not read"));
        });
    }

    [Test]
    public async Task Sample_more_rows_than_there_are_takes_all_and_has_nothing_to_say()
    {
        var (table, repairs) = await Reading.WithRepairs(Csv.Text("a,b\n1,x\n2,y\n").Sample(rows: 3));
        Assert.Multiple(() =>
        {
            Assert.That(table.RowCount, Is.EqualTo(2));
            Assert.That(repairs, Is.Empty);
        });
    }

    [Test]
    public async Task Sample_of_a_sample_takes_from_its_rows()
    {
        var inner = await IdsOf(Records.Of(Visits).Sample(rows: 100));
        var outer = await IdsOf(Records.Of(Visits).Sample(rows: 100).Take(10));
        Assert.That(outer, Is.EqualTo(inner[..10]));
    }

    [Test]
    public async Task Sample_draws_by_the_seed_of_the_run()
    {
        var pipeline = Pipeline.From(Records.Of(Visits).Sample(rows: 50));
        var (first, again, other) = (await Ids(7), await Ids(7), await Ids(8));
        Assert.Multiple(() =>
        {
            Assert.That(again, Is.EqualTo(first));
            Assert.That(other, Is.Not.EqualTo(first));
        });

        async Task<long[]> Ids(ulong seed) => ((IntegerColumn)(await pipeline.WithSeed(seed).RunAsync()).Source["Id"]).Values.ToArray();
    }

    [Test]
    public async Task Sample_is_told_in_the_report()
    {
        var run = await Pipeline.From(Csv.Text("x,y\n1,a\n2,b\n3,a\n4,b\n", label: "y").Sample(rows: 3)).RunAsync();
        Assert.Multiple(() =>
        {
            Assert.That(run.Description, Is.EqualTo("CSV text (sample of 3 rows)"));
            Assert.That(run.ToHtml(), Does.Contain("CSV text: 3 of 4 rows are taken, drawn at random."));
        });
    }

    [Test]
    public async Task Sample_categories_of_rows_that_were_dropped_are_gone()
    {
        var text = (TextColumn)(await Reading.Of(Csv.Text(AsCsv).Sample(rows: 10)))["City"];
        Assert.That(text.Categories.ToArray(), Is.EquivalentTo(new[] { "Oslo", "Graz" }));
    }

    [Test]
    public async Task Sample_type_is_that_of_the_rows_that_were_drawn()
    {
        // The word is held at first and dropped when more rows come.
        var text = new StringBuilder("n,b\nword,word\n");
        for (var i = 0; i < 20_000; i++) text.Append(CultureInfo.InvariantCulture, $"{i % 50},{(i % 3 == 0 ? "true" : "false")}\n");
        var table = await Reading.Of(Csv.Text(text.ToString()).Sample(rows: 20));
        Assert.That(table.Types(), Is.EqualTo("n:Integer b:Boolean"));
    }

    [Test]
    public void Sample_value_of_the_wrong_type_is_named_by_its_line()
    {
        // All rows are wrong: whichever is drawn first has to be named by the line it stands on, of which the value tells.
        var text = new StringBuilder("n\n");
        for (var line = 2; line < 20_000; line++) text.Append(CultureInfo.InvariantCulture, $"w{line}\n");
        var error = Reading.Fails(Csv.Text(text.ToString(), configure: options => options with { Types = new Dictionary<string, ColumnType> { ["n"] = ColumnType.Integer } }).Sample(rows: 5));
        Assert.That(error.Message, Does.Match(@"line (\d+), column 'n': 'w\1' is not"));
    }

    [Test]
    public async Task Sample_json_kinds_that_differ_are_told_by_their_lines()
    {
        var lines = new StringBuilder();
        for (var i = 1; i <= 12_000; i++) lines.Append(CultureInfo.InvariantCulture, $"{{\"a\":{(i < 100 ? "1" : "\"x\"")}}}\n");
        var (table, repairs) = await Reading.WithRepairs(JsonLines.Text(lines.ToString()).Sample(rows: 4000));
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo("a:Text"));
            Assert.That(repairs, Has.One.Contains("it is a number (line 1) and a string (line 100)"));
        });
    }

    [Test]
    public async Task Take_what_follows_is_not_read()
    {
        var enumerated = 0;
        var records = await Reading.Of(Records.Of(Visits.Select(visit => (visit, enumerated++).visit)).Take(3));
        var text = await Reading.Of(Csv.Text("a,b\n1,2\n3,4\n5,6,7\n\"open").Take(2));
        Assert.Multiple(() =>
        {
            Assert.That(records.RowCount, Is.EqualTo(3));
            Assert.That(enumerated, Is.EqualTo(3));
            Assert.That(text.RowCount, Is.EqualTo(2));
        });
    }

    [TestCase(0)]
    [TestCase(-5)]
    public void Sample_and_take_no_rows_is_an_error(int rows)
    {
        Assert.Multiple(() =>
        {
            Assert.That(Reading.Fails(Csv.Text("a\n1\n").Sample(rows)).Message, Does.StartWith("MT1110").And.Contain($"Sample takes at least 1 row. Got {rows}."));
            Assert.That(Reading.Fails(Csv.Text("a\n1\n").Take(rows)).Message, Does.StartWith("MT1110").And.Contain($"Take takes at least 1 row. Got {rows}."));
        });
    }

    [TestCase(0.0)]
    [TestCase(1.01)]
    [TestCase(double.NaN)]
    public void Sample_share_out_of_range_is_an_error(double share) =>
        Assert.That(Reading.Fails(Csv.Text("a\n1\n").Sample(share)).Message, Does.StartWith("MT1111").And.Contain("(0, 1]").And.Contain(share.ToString(CultureInfo.InvariantCulture)));

    [TestCaseSource(nameof(Sources))]
    public void Sample_share_that_draws_nothing_is_an_error(Func<IDataSource> source) =>
        Assert.That(Reading.Fails(source().Sample(share: 1e-9)).Message, Does.StartWith("MT2120").And.Contain("of 30,000 rows none was drawn").And.Contain("a larger share"));
}
