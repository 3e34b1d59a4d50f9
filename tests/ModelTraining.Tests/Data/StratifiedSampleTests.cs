using System.Data;
using System.Globalization;
using System.Text;
using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Data;

internal sealed class StratifiedSampleTests
{
    private const int Rows = 40_000;
    private const int Wanted = 1_000;

    private sealed record Visit(int Id, string? Plan);

    // 10 rows are gold, 160 unknown, about a quarter family: 0.25, 4 and 248 of the sample.
    private static readonly Visit[] Visits = [.. Enumerable.Range(0, Rows).Select(id => new Visit(id, id % 4000 == 7 ? "gold" : id % 250 == 3 ? null : id % 4 == 1 ? "family" : "basic"))];

    private static IEnumerable<TestCaseData> Sources()
    {
        yield return Source("Csv", () => Csv.Text(AsText("Id,Plan\n", visit => $"{visit.Id},{visit.Plan}\n"), "Plan"));
        yield return Source("JsonLines", () => JsonLines.Text(AsText("", visit => $"{{\"Id\":{visit.Id}{(visit.Plan is null ? "" : $",\"Plan\":\"{visit.Plan}\"")}}}\n"), "Plan"));
        yield return Source("Records", () => Records.Of(Visits, "Plan"));
        yield return Source("Database", () => Database.Reader(AsDataTable().CreateDataReader(), "Plan"));
        yield return Source("Other", () => new CountingSource(Records.Of(Visits, "Plan")));

        static TestCaseData Source(string name, Func<IDataSource> source) => new TestCaseData(source).SetArgDisplayNames(name);
    }

    private static string AsText(string header, Func<Visit, FormattableString> line) => Visits.Aggregate(new StringBuilder(header), (text, visit) => text.Append(line(visit).ToString(CultureInfo.InvariantCulture))).ToString();

    private static DataTable AsDataTable()
    {
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("Id", typeof(int));
        table.Columns.Add("Plan", typeof(string));
        foreach (var visit in Visits) table.Rows.Add(visit.Id, visit.Plan);
        return table;
    }

    private static long[] Ids(Table table) => ((IntegerColumn)table["Id"]).Values.ToArray();

    [TestCaseSource(nameof(Sources))]
    public async Task Sample_takes_of_each_class_its_share_and_one_at_least(Func<IDataSource> source)
    {
        var (table, repairs) = await Reading.WithRepairs(source().Sample(rows: Wanted, stratify: true));
        var ids = Ids(table);
        Assert.Multiple(() =>
        {
            Assert.That(ids, Is.Ordered.Ascending.And.Unique);
            Assert.That(ids.Select((id, row) => Equals(Visits[id].Plan, table["Plan"][row])), Is.All.True, "rows are whole");
            Assert.That(ids.CountBy(id => Visits[id].Plan ?? ""), Is.EquivalentTo(new Dictionary<string, int> { ["basic"] = 747, ["family"] = 248, [""] = 4, ["gold"] = 1 }));
            Assert.That(repairs, Has.One.Contains("1,000 of 40,000 rows are taken, drawn at random from each of 4 classes by its share"));
        });
    }

    [TestCaseSource(nameof(Sources))]
    public async Task Sample_of_any_source_draws_the_same_rows(Func<IDataSource> source) =>
        Assert.That(Ids(await Reading.Of(source().Sample(rows: Wanted, stratify: true))), Is.EqualTo(Ids(await Reading.Of(Records.Of(Visits, "Plan").Sample(rows: Wanted, stratify: true)))));

    [TestCaseSource(nameof(Sources))]
    public async Task Sample_share_takes_of_each_class_its_share_and_one_at_least(Func<IDataSource> source)
    {
        var (table, repairs) = await Reading.WithRepairs(source().Sample(share: 0.025, stratify: true));
        var ids = Ids(table);
        Assert.Multiple(() =>
        {
            Assert.That(ids, Is.Ordered.Ascending.And.Unique);
            Assert.That(ids.Select((id, row) => Equals(Visits[id].Plan, table["Plan"][row])), Is.All.True, "rows are whole");
            Assert.That(ids.CountBy(id => Visits[id].Plan ?? ""), Is.EquivalentTo(new Dictionary<string, int> { ["basic"] = 748, ["family"] = 248, [""] = 4, ["gold"] = 1 }));
            Assert.That(repairs, Has.One.Contains("1,001 of 40,000 rows are taken, drawn at random from each of 4 classes with a share of 0.025"));
        });
        Assert.That(Ids(await Reading.Of(source().Sample(share: 0.025, stratify: true))), Is.EqualTo(ids), "the same seed draws the same rows");
        Assert.That(ids, Is.EqualTo(Ids(await Reading.Of(Records.Of(Visits, "Plan").Sample(share: 0.025, stratify: true)))), "of any source the same");
    }

    [Test]
    public async Task Sample_share_draws_from_everywhere_in_one_pass_and_holds_few()
    {
        var source = new CountingSource(Records.Of(Visits, "Plan"));
        var ids = Ids(await Reading.Of(source.Sample(share: 0.2, stratify: true)));
        var tenths = ids.Where(id => Visits[id].Plan == "family").CountBy(id => id * 10 / Rows).Select(tenth => tenth.Value).ToList();
        Assert.That(tenths, Has.Count.EqualTo(10).And.All.EqualTo(200).Within(5 * Math.Sqrt(200)), "five deviations");
        var sampler = new StratifiedShare(0.01, new SeededRandom(1));
        var held = new List<int>();
        sampler.Classes = () => [.. held.Select(row => row % 3)];
        var most = 0;
        for (var row = 0; row < 1_000_000; row++)
        {
            sampler.Takes();
            held.Add(row);
            most = Math.Max(most, held.Count);
            if (sampler.Drops(atEnd: false, out var kept)) held.Keep(kept);
        }

        sampler.Drops(atEnd: true, out var last);
        Assert.That(last, Has.Length.EqualTo(10_000).Within(2));
        Assert.That(most, Is.LessThan(50_000), "of a million rows");
    }

    [Test]
    public async Task Sample_share_of_all_takes_all_and_one_that_is_none_is_an_error()
    {
        Assert.That((await Reading.Of(Records.Of(Visits, "Plan").Sample(share: 1.0, stratify: true))).RowCount, Is.EqualTo(Rows));
        Assert.That(async () => await Pipeline.From(Records.Of(Visits, "Plan").Sample(share: 1.5, stratify: true)).RunAsync(), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT1111"));
        Assert.That(async () => await Pipeline.From(Records.Of(Visits, "Id").Sample(share: 0.5, stratify: true)).RunAsync(), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT2126").And.Message.Contains("more than 1,000 different values"));
        Assert.That(async () => await Pipeline.From(Records.Of(Visits).Sample(share: 0.5, stratify: true)).RunAsync(), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT1114"));
    }

    [Test]
    public async Task Sample_rows_of_a_class_come_from_everywhere()
    {
        var ids = Ids(await Reading.Of(Records.Of(Visits, "Plan").Sample(rows: 8_000, stratify: true)));
        var tenths = ids.Where(id => Visits[id].Plan == "family").CountBy(id => id * 10 / Rows).Select(tenth => tenth.Value).ToList();
        Assert.That(tenths, Has.Count.EqualTo(10).And.All.EqualTo(200).Within(5 * Math.Sqrt(200)), "five deviations");
    }

    [Test]
    public async Task Sample_sorted_source_keeps_the_shares()
    {
        // All of one class come after more rows than are held, and the last is a class of its own.
        var sorted = Enumerable.Range(0, 30_000).Select(id => new { Id = id, Late = id == 29_999 ? 2 : id < 20_000 ? 0 : 1 });
        var table = await Reading.Of(Records.Of(sorted, "Late").Sample(rows: 300, stratify: true));
        Assert.That(Enumerable.Range(0, 300).CountBy(row => (long)table["Late"][row]!), Is.EquivalentTo(new Dictionary<long, int> { [0] = 200, [1] = 99, [2] = 1 }));
    }

    [Test]
    public async Task Sample_numbers_and_truths_can_be_classes()
    {
        var rows = Enumerable.Range(0, 6_000).Select(id => new { Id = id, Stars = id % 5 == 0 ? float.NaN : id % 5, Returns = id % 3 == 0 });
        var stars = await Reading.Of(Records.Of(rows, "Stars").Sample(rows: 50, stratify: true));
        var truths = await Reading.Of(Records.Of(rows, "Returns").Sample(rows: 30, stratify: true));
        Assert.Multiple(() =>
        {
            Assert.That(Enumerable.Range(0, 50).CountBy(row => stars["Stars"][row] ?? "none").Select(pair => pair.Value), Is.EqualTo(new[] { 10, 10, 10, 10, 10 }));
            Assert.That(Enumerable.Range(0, 30).Count(row => (bool)truths["Returns"][row]!), Is.EqualTo(10));
        });
    }

    [Test]
    public async Task Sample_more_rows_than_there_are_takes_all() => Assert.That((await Reading.Of(Records.Of(Visits, "Plan").Sample(rows: Rows, stratify: true))).RowCount, Is.EqualTo(Rows));

    [TestCaseSource(nameof(Sources))]
    public async Task Sample_draws_by_the_seed_of_the_run(Func<IDataSource> source)
    {
        async Task<long[]> Drawn(ulong seed) => Ids((await Pipeline.From(source().Sample(rows: 50, stratify: true)).WithSeed(seed).RunAsync()).Source);
        var (first, again, other) = (await Drawn(7), await Drawn(7), await Drawn(8));
        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
    }

    [Test]
    public void Sample_source_without_a_label_is_an_error()
    {
        foreach (var source in new[] { Csv.Text("a\n1\n2\n"), JsonLines.Text("{\"a\":1}\n{\"a\":2}\n"), Records.Of(Visits), Database.Reader(AsDataTable().CreateDataReader()), new CountingSource(Records.Of(Visits)) })
        {
            Assert.That(async () => await Pipeline.From(source.Sample(rows: 5, stratify: true)).RunAsync(),
                Throws.InstanceOf<ModelTrainingException>().With.Message.Match(@"MT1114: Sample has stratify: true, and no column is the label\. Name it where the data comes from.*stage 1 of 1, Read, StratifiedSampleTests\.cs"));
        }
    }

    [Test]
    public void Sample_label_that_is_no_class_is_an_error()
    {
        var text = "Id,Plan\n" + string.Concat(Enumerable.Range(0, 9_000).Select(id => string.Create(CultureInfo.InvariantCulture, $"{id},{id}.5\n")));
        Assert.Multiple(() =>
        {
            Assert.That(Reading.Fails(Csv.Text(text, "Plan").Sample(rows: 5_000, stratify: true)).Message, Does.Contain("MT2126").And.Contain("the label has more than 1,000 different values. They are no classes; leave stratify out"));
            Assert.That(Reading.Fails(Records.Of(Visits, "Plan").Sample(rows: 3, stratify: true)).Message, Does.Contain("MT2126").And.Contain("more than 3 different values. Take at least a row of each, or leave stratify out"));
        });
    }
}
