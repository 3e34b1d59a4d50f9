namespace ModelTraining.Tests.Cleaning;

public class RecordKeyTests
{
    private static Table Orders() => new([
        TextColumn.From("id", ["A-1", "b", "a-1 ", "B", null, null, "c"]),
        new IntegerColumn("line", new[] { 1L, 1, 1, 2, 1, 1, 1 }),
        new NumberColumn("x", new[] { 1, 2, float.NaN, 4, 5, 6, 7 }),
        new DateTimeColumn("changed", new[] { new DateTime(2020, 5, 1), new DateTime(2020, 1, 1), new DateTime(2020, 1, 1), new DateTime(2020, 2, 1), DateTimeColumn.Missing, DateTimeColumn.Missing, DateTimeColumn.Missing }),
    ], new Dictionary<string, ColumnRole> { ["id"] = ColumnRole.Id });

    private static int[] Kept(RecordKey key)
    {
        var table = new Cleaned(Orders(), new CleanOptions { Key = key, Duplicates = DuplicateRows.Keep }).Table;
        return [.. Enumerable.Range(0, table.RowCount).Select(table.Origin)];
    }

    [Test]
    public void Apply_key_in_other_spelling_is_the_same_and_a_missing_one_is_none() => Assert.That(Kept(RecordKey.Of("id")), Is.EqualTo(new[] { 0, 1, 4, 5, 6 }));

    [Test]
    public void Apply_key_of_two_columns_needs_both() => Assert.That(Kept(RecordKey.Of("id", "line")), Is.EqualTo(new[] { 0, 1, 3, 4, 5, 6 }));

    [Test]
    public void Apply_last_one_stays() => Assert.That(Kept(RecordKey.Of("id").KeepLast()), Is.EqualTo(new[] { 2, 3, 4, 5, 6 }));

    [Test]
    public void Apply_most_complete_one_stays() => Assert.That(Kept(RecordKey.Of("id").KeepMostComplete()), Is.EqualTo(new[] { 0, 1, 4, 5, 6 }));

    [Test]
    public void Apply_greatest_one_stays() => Assert.That(Kept(RecordKey.Of("id").KeepGreatest("changed")), Is.EqualTo(new[] { 0, 3, 4, 5, 6 }));

    [Test]
    public void Apply_reports_rows_with_what_stays()
    {
        var cleaned = new Cleaned(Orders(), new CleanOptions { Key = RecordKey.Of("id").KeepLast(), Duplicates = DuplicateRows.Keep });
        var finding = cleaned.Report.Findings.Single(finding => finding.Step == CleanStep.Key);
        Assert.That((finding.Column, finding.Count, finding.Of), Is.EqualTo(("id", 2, 7)));
        Assert.That(finding.What, Does.Contain("the last stays"));
        Assert.That(finding.Examples, Is.EqualTo(new CleanExample[] { new(1, "'A-1', as row 3", "dropped"), new(2, "'b', as row 4", "dropped") }));
        Assert.That(cleaned.Report.ToString(), Does.Contain("key"));
    }
}
