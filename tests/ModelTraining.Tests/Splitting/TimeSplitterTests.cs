namespace ModelTraining.Tests;

public class TimeSplitterTests
{
    private static IEnumerable<ulong> Seeds => Enumerable.Range(1, 40).Select(seed => (ulong)seed);

    [TestCaseSource(nameof(Seeds))]
    public void Split_any_draw_puts_each_part_wholly_after_the_one_before(ulong seed)
    {
        var random = new SeededRandom(seed);
        var options = new SplitOptions { Test = 0.05 + 0.4 * random.NextDouble(), Validation = random.Next(3) == 0 ? 0 : 0.05 + 0.3 * random.NextDouble() };
        var count = 10 + random.Next(500);
        var different = 10 + random.Next(random.Next(2) == 0 ? 5 : 1000);
        var times = Enumerable.Range(0, count).Select(row => row < 3 ? row : random.Next(different)).ToArray();
        Column column = random.Next(3) switch
        {
            0 => new IntegerColumn("t", times.Select(time => (long)time).ToArray()),
            1 => new NumberColumn("t", times.Select(time => time / 8f).ToArray()),
            _ => new DateTimeColumn("t", times.Select(time => new DateTime(2020, 1, 1).AddDays(time)).ToArray()),
        };
        var split = Split(options, column);

        var parts = new[] { split.TrainingRows, split.ValidationRows, split.TestRows }.Select(rows => rows.ToArray()).ToArray();
        Assert.That(parts.SelectMany(rows => rows), Is.EquivalentTo(Enumerable.Range(0, count)));
        foreach (var part in parts) Assert.That(part, Is.Ordered);
        Assert.That(parts[1], options.Validation > 0 ? Is.Not.Empty : Is.Empty);
        var filled = parts.Where(rows => rows.Length > 0).Select(rows => rows.Select(row => times[row]).ToArray()).ToArray();
        Assert.That(filled, Has.Length.EqualTo(options.Validation > 0 ? 3 : 2));
        for (var i = 1; i < filled.Length; i++) Assert.That(filled[i].Min(), Is.GreaterThan(filled[i - 1].Max()), $"seed {seed}");

        var mostTies = times.GroupBy(time => time).Max(ties => ties.Count());
        Assert.That(parts[0], Has.Length.EqualTo((1 - options.Test - options.Validation) * count).Within(mostTies + 3), $"seed {seed}");
        Assert.That(parts[2], Has.Length.EqualTo(options.Test * count).Within(mostTies + 3), $"seed {seed}");
    }

    [Test]
    public void Split_rows_in_any_order_train_on_the_oldest_and_test_on_the_newest()
    {
        var split = Split(new SplitOptions(), new IntegerColumn("t", new long[] { 9, 8, 7, 6, 5, 4, 3, 2, 1, 0 }));
        Assert.That(split.Stratified, Is.False);
        Assert.That(split.TrainingRows.ToArray(), Is.EqualTo(new[] { 3, 4, 5, 6, 7, 8, 9 }));
        Assert.That(split.ValidationRows.ToArray(), Is.EqualTo(new[] { 2 }));
        Assert.That(split.TestRows.ToArray(), Is.EqualTo(new[] { 0, 1 }));
    }

    [TestCase(new long[] { 0, 1, 2, 3, 4, 5, 6, 7, 7, 8 }, 9, TestName = "Split_ties_at_the_boundary_stay_on_the_older_side")]
    [TestCase(new long[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 8 }, 8, TestName = "Split_ties_at_the_end_are_the_test_part")]
    [TestCase(new long[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }, 9, TestName = "Split_ties_at_the_start_are_the_training_part")]
    [TestCase(new long[] { 0, 0, 0, 1, 1, 1, 1, 1, 1, 1 }, 3, TestName = "Split_ties_that_would_leave_no_test_row_move_there")]
    public void Split_ties(long[] times, int training) =>
        Assert.That(Split(new SplitOptions { Validation = 0 }, new IntegerColumn("t", times)).TrainingRows.ToArray(), Is.EqualTo(Enumerable.Range(0, training)));

    [Test]
    public void Split_rows_without_a_time_are_counted()
    {
        var column = new NumberColumn("t", new[] { 1, 2, float.NaN, 3, float.NaN, 4 });
        Error("MT2315", "Column 't', which the 'TimeBy' option of Split names, has no time in 2 of 6 rows, first in row 3. Fill the times in, or remove such rows.", column);
    }

    [Test]
    public void Split_fewer_times_than_parts_is_an_error() => Error("MT2316",
        "Column 't', which the 'TimeBy' option of Split names, has 2 different times for 3 parts. Choose a finer column, or set 'Validation' to 0.", new IntegerColumn("t", new long[] { 1, 1, 1, 2, 2 }));

    [Test]
    public void Split_text_is_no_time() => Error("MT2314",
        "Column 't', which the 'TimeBy' option of Split names, is of type Text. Name a column of dates or numbers; Clean() makes dates of a feature's text.", TextColumn.From("t", ["a", "b", "c", "d"]));

    [Test]
    public void Split_too_few_rows_says_how_many_are_needed() =>
        Assert.That(Assert.Throws<ModelTrainingException>(() => Split(new SplitOptions(), new IntegerColumn("t", new long[] { 1, 2, 3 })))!.Id, Is.EqualTo("MT2310"));

    [Test]
    public async Task RunAsync_by_time_tests_on_the_newest_customers_whatever_the_seed()
    {
        Task<PipelineRun> Run(ulong seed) => Pipeline.From(Pipelines.Given.Shop()).Clean()
            .Split(o => o with { TimeBy = "since" }).Train(Pipelines.Given.SmallTrees).Evaluate().WithSeed(seed).RunAsync();
        var run = await Run(1);

        var since = (DateTimeColumn)run.Table["since"];
        DateTime[] Times(ReadOnlyMemory<int> rows) => [.. rows.ToArray().Select(row => since.Values[row])];
        Assert.That(Times(run.Split.ValidationRows).Min(), Is.GreaterThan(Times(run.Split.TrainingRows).Max()));
        Assert.That(Times(run.Split.TestRows).Min(), Is.GreaterThan(Times(run.Split.ValidationRows).Max()));
        Assert.That(run.Split.TestRows.Length, Is.EqualTo(120).Within(3));
        Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.85));
        Assert.That((await Run(2)).Split.TestRows.ToArray(), Is.EqualTo(run.Split.TestRows.ToArray()));
    }

    private static DataSplit Split(SplitOptions options, Column column) => new TimeSplitter(options).Split(new Table([column]), "t");

    private static void Error(string id, string message, Column column) =>
        Assert.That(Assert.Throws<ModelTrainingException>(() => Split(new SplitOptions(), column))!.Problems, Is.EqualTo(new[] { new Problem(id, message) }));
}
