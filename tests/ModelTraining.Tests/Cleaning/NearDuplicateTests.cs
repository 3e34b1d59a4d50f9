namespace ModelTraining.Tests.Cleaning;

public class NearDuplicateTests
{
    private static readonly CleanOptions AsWritten = new() { Spelling = false, Formats = false };

    private static Table Sample() => new Table(
    [
        TextColumn.From("text", ["Free entry", "free  ENTRY ", "Free entry", "free entry", "see you", "SEE YOU", null, "?"]),
        new NumberColumn("size", new[] { 1f, 1, 1, 2, 3, 3, 4, 4 }),
        TextColumn.From("id", ["1", "2", "3", "4", "5", "6", "7", "8"]), TextColumn.From("label", ["p", "p", "p", "p", "q", "p", "q", "q"]),
    ]).WithRole("id", ColumnRole.Id).WithRole("label", ColumnRole.Label);

    private static int[] Left(Cleaned cleaned) => [.. Enumerable.Range(0, cleaned.Table.RowCount).Select(row => cleaned.Table.Origin(row) + 1)];

    private static CleanFinding[] Found(Cleaned cleaned) => [.. cleaned.Report.Findings.Where(finding => finding.Step == CleanStep.NearDuplicate)];

    [Test]
    public void Run_rows_equal_but_for_case_and_blanks_are_told_and_stay()
    {
        var cleaned = new Cleaned(Sample(), AsWritten);
        var finding = Found(cleaned).Single();
        Assert.That((finding.Column, finding.Count, finding.Of), Is.EqualTo(((string?)null, 2, 7)), "row 3 is an equal one, which is gone before; row 6 has another label");
        Assert.That(finding.Examples, Is.EqualTo(new[] { new CleanExample(2, "'free  ENTRY' in 'text', as row 1", "kept"), new CleanExample(8, "'?' in 'text', as row 7", "kept") }));
        Assert.That(Left(cleaned), Is.EqualTo(new[] { 1, 2, 4, 5, 6, 7, 8 }));
        Assert.That(cleaned.Warnings, Has.Some.StartsWith("2 of 7 rows are there already but for case and blanks of text, for example row 2: 'free  ENTRY' in 'text', as row 1."));
        Assert.That(cleaned.Report.ToString(), Does.Contain("near-duplicate"));
    }

    [Test]
    public void Run_rows_equal_but_for_case_and_blanks_are_dropped_where_wanted()
    {
        var cleaned = new Cleaned(Sample(), AsWritten with { NearDuplicates = NearDuplicates.InText.Drop() });
        Assert.That(Left(cleaned), Is.EqualTo(new[] { 1, 4, 5, 6, 7 }));
        Assert.That((Found(cleaned).Single().Count, cleaned.Report.RowsAfter), Is.EqualTo((2, 5)));
        Assert.That(cleaned.Warnings, Has.None.Contains("there already"));
    }

    [Test]
    public void Run_equal_rows_that_stay_are_no_near_duplicates() =>
        Assert.That(Found(new Cleaned(Sample(), AsWritten with { Duplicates = DuplicateRows.Keep })).Single().Count, Is.EqualTo(2));

    [Test]
    public void Run_nobody_looks_where_not_wanted() => Assert.That(Found(new Cleaned(Sample(), AsWritten with { NearDuplicates = NearDuplicates.None })), Is.Empty);

    [Test]
    public void Run_rows_equal_but_for_one_column_are_told_by_column()
    {
        var cleaned = new Cleaned(Sample(), AsWritten with { NearDuplicates = NearDuplicates.InOneColumn });
        Assert.That(Found(cleaned).Select(finding => (finding.Column, finding.Count)), Is.EqualTo(new[] { ((string?)null, 2), ("size", 1) }));
        Assert.That(Found(cleaned)[1].Examples.Single(), Is.EqualTo(new CleanExample(4, "'2' for '1', as row 1", "kept")));
        Assert.That(cleaned.Table.RowCount, Is.EqualTo(7));
    }

    [Test]
    public void Run_what_is_dropped_is_equal_but_for_one_column_to_a_row_that_stays()
    {
        // A chain: each row differs from the next in one column, and from the one after that in two.
        var table = new Table([new IntegerColumn("a", new long[] { 1, 2, 2, 3, 9 }), new IntegerColumn("b", new long[] { 1, 1, 2, 2, 9 }), new NumberColumn("y", new[] { 0f, 0, 0, 0, 0 })]).WithRole("y", ColumnRole.Label);
        var cleaned = new Cleaned(table, new CleanOptions { NearDuplicates = NearDuplicates.InOneColumn.Drop() });
        Assert.That(Left(cleaned), Is.EqualTo(new[] { 1, 3, 5 }));
        Assert.That(Found(cleaned).Select(finding => (finding.Column, finding.Count)), Is.EqualTo(new[] { ("a", 2) }));
        Assert.That(cleaned.Warnings, Has.Some.StartsWith("2 of 5 rows were dropped as near-duplicates."));
    }

    [Test]
    public void Run_many_rows_are_found_as_by_comparing_each_with_each()
    {
        var random = new SeededRandom(11);
        var values = Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, 400).Select(_ => (float)random.Next(4)).ToArray()).ToArray();
        var table = new Table(values.Select((column, i) => new NumberColumn($"c{i}", column)));
        var cleaned = new Cleaned(table, new CleanOptions { Duplicates = DuplicateRows.Keep, NearDuplicates = NearDuplicates.InOneColumn });
        for (var column = 0; column < 5; column++)
        {
            // To the first of the rows that are equal without the column.
            bool Equal(int a, int b) => Enumerable.Range(0, 5).All(other => other == column || values[other][a] == values[other][b]);
            var expected = Enumerable.Range(0, 400).Count(row => Enumerable.Range(0, 400).First(other => Equal(other, row)) is var first && values[column][first] != values[column][row]);
            Assert.That(Found(cleaned).Single(finding => finding.Column == $"c{column}").Count, Is.EqualTo(expected), $"c{column}");
        }
    }

    [Test]
    public async Task Run_real_messages_that_differ_in_case_are_found_and_shown_in_the_report()
    {
        var run = await Pipeline.From(Csv.File(TestData.Shared("text/sms-spam.tsv"), label: "column0", o => o with { HasHeader = false, Quote = CsvOptions.NoQuote, Delimiter = '\t' })).Clean().RunAsync();
        var finding = run.Report<CleanReport>()!.Findings.Single(finding => finding.Step == CleanStep.NearDuplicate);
        var messages = run.Table.Columns.OfType<TextColumn>().Single(column => column.Name == "column1");
        var expected = Enumerable.Range(0, run.Table.RowCount).Select(row => (run.Table["column0"][row], string.Join(' ', messages.Text(row)!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant())).ToList();
        Assert.That(finding.Count, Is.EqualTo(expected.Count - expected.Distinct().Count()).And.GreaterThan(0));
        Assert.That(run.ToHtml(), Does.Contain("near-duplicate").And.Contain("rows are there already but for case and blanks of text; they stay"));
    }
}
