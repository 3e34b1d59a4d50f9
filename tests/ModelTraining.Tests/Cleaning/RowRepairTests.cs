namespace ModelTraining.Tests.Cleaning;

public class RowRepairTests
{
    private static Table Sample() => new Table(
    [
        new NumberColumn("x", new[] { 1f, 1, float.NaN, float.NaN, 0f, -0f, 2, 2 }), TextColumn.From("y", ["a", "a", "b", "b", "c", "c", "d", "d"]),
        TextColumn.From("id", ["1", "2", "3", "4", "5", "6", "7", "8"]), TextColumn.From("label", ["p", "p", "q", "q", "p", "p", "p", "q"]),
    ]).WithRole("id", ColumnRole.Id).WithRole("label", ColumnRole.Label);

    [Test]
    public void Run_duplicates_are_dropped_and_the_first_stays()
    {
        var cleaned = new Cleaned(Sample());
        Assert.That(Enumerable.Range(0, cleaned.Table.RowCount).Select(cleaned.Table.Origin), Is.EqualTo(new[] { 0, 2, 4, 6, 7 }));
        var finding = cleaned.Report.Findings.Single(finding => finding.Step == CleanStep.Duplicate);
        Assert.That((finding.Count, finding.Of), Is.EqualTo((3, 8)));
        Assert.That(finding.Examples[1], Is.EqualTo(new CleanExample(4, "as row 3", "dropped")));
        Assert.That((cleaned.Report.RowsBefore, cleaned.Report.RowsAfter), Is.EqualTo((8, 5)));
    }

    [Test]
    public void Run_many_duplicates_are_warned_of() => Assert.That(new Cleaned(Sample()).Warnings, Has.Some.Contains("3 of 8 rows were dropped as duplicates"));

    [TestCase(DuplicateRows.Report, 1)]
    [TestCase(DuplicateRows.Keep, 0)]
    public void Run_duplicates_stay_where_wanted(DuplicateRows wanted, int findings)
    {
        var cleaned = new Cleaned(Sample(), new CleanOptions { Duplicates = wanted });
        Assert.That(cleaned.Table.RowCount, Is.EqualTo(8));
        Assert.That(cleaned.Counts(CleanStep.Duplicate), Has.Count.EqualTo(findings));
    }

    [Test]
    public void Run_contradictions_are_counted_and_stay()
    {
        var cleaned = new Cleaned(Sample());
        Assert.That(cleaned.Report.Findings.Single(finding => finding.Step == CleanStep.Contradiction).Count, Is.EqualTo(2));
        Assert.That(cleaned.Warnings, Has.Some.Contains("for example rows 7 and 8"));
    }

    [Test]
    public void Run_rows_without_label_are_dropped_before_duplicates()
    {
        var table = Cleaned.TableOf(("x", ["a", "b", "a", "c"]), ("label", ["?", "q", "p", null])).WithRole("label", ColumnRole.Label);
        var cleaned = new Cleaned(table);
        Assert.That(Enumerable.Range(0, cleaned.Table.RowCount).Select(cleaned.Table.Origin), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(cleaned.Counts(CleanStep.NoLabel), Is.EqualTo(new Dictionary<string, int> { ["label"] = 2 }));
    }

    [Test]
    public void Run_no_row_with_a_label_is_an_error()
    {
        var table = Cleaned.TableOf(("x", ["a", "b"]), ("label", ["?", ""])).WithRole("label", ColumnRole.Label);
        var failure = Assert.Throws<ModelTrainingException>(() => _ = new Cleaned(table))!;
        Assert.That(failure.Id, Is.EqualTo("MT2201"));
        Assert.That(failure.Message, Does.Contain("'label' is missing in all"));
    }

    [Test]
    public void FirstEqual_rows_of_one_hash_are_compared()
    {
        var (one, two) = (0UL, 0UL);
        RowGroups.Mix(ref one, 1);
        RowGroups.Mix(ref two, 2);
        IntegerColumn[] columns = [new("a", new[] { 1L, 2, 1 }), new("b", new[] { 5L, (long)(one ^ two ^ 5), 5 })];
        Assert.That(RowGroups.FirstEqual(columns, 3), Is.EqualTo(new[] { 0, 1, 0 }));
    }

    [Test]
    public void FirstEqual_agrees_with_comparing_all_rows()
    {
        var random = new SeededRandom(5);
        const int rows = 3000;
        var numbers = new NumberColumn("n", Enumerable.Range(0, rows).Select(_ => random.Next(4) is 0 ? float.NaN : random.Next(6)).ToArray());
        var wholes = new IntegerColumn("w", Enumerable.Range(0, rows).Select(_ => random.Next(5) is 0 ? IntegerColumn.Missing : random.Next(5) - 2L).ToArray());
        var flags = new BooleanColumn("f", Enumerable.Range(0, rows).Select(_ => (byte)(random.Next(3) is 2 ? 255 : random.Next(2))).ToArray());
        var texts = TextColumn.From("t", Enumerable.Range(0, rows).Select(_ => random.Next(4) is 0 ? null : $"{random.Next(4)}").ToArray());
        var dates = new DateTimeColumn("d", Enumerable.Range(0, rows).Select(_ => random.Next(3) is 0 ? DateTimeColumn.Missing : new DateTime(2000, 1, 1 + random.Next(3))).ToArray());
        var tensors = new TensorColumn("v", Enumerable.Range(0, rows * 2).Select(_ => (float)random.Next(2)).ToArray(), 2);
        Column[] columns = [numbers, wholes, flags, texts, dates, tensors];
        var first = RowGroups.FirstEqual(columns, rows);
        var seen = new Dictionary<string, int>();
        for (var row = 0; row < rows; row++)
        {
            var key = string.Join("|", columns.Select(column => column is TensorColumn tensor ? string.Join(",", tensor.Row(row).ToArray()) : $"{column[row]}"));
            Assert.That(first[row], Is.EqualTo(seen.TryGetValue(key, out var known) ? known : seen[key] = row));
        }

        Assert.That(seen, Has.Count.InRange(100, rows - 100), "some rows are equal, some are not");
    }
}
