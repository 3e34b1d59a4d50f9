namespace ModelTraining.Tests.Cleaning;

public class LeakCheckTests
{
    private const int Rows = 400;

    private static Table Sample(out Target target, bool regression = false)
    {
        var random = new SeededRandom(11);
        var truth = Enumerable.Range(0, Rows).Select(_ => regression ? (float)Math.Exp(random.NextNormal() * 2) : random.Next(20) == 0 ? 1f : 0).ToArray();
        target = regression ? new Target("label", LearningTask.Regression, truth, []) : new Target("label", LearningTask.BinaryClassification, truth, ["stays", "leaves"]);
        return new Table(
        [
            TextColumn.From("answer", [.. truth.Select(value => value > 0.5f ? "gone" : "here")]), new NumberColumn("scaled", truth.Select(value => value * -3 + 8).ToArray()),
            new NumberColumn("reason", truth.Select(value => value > 0.5f ? (float)random.NextDouble() : float.NaN).ToArray()), TextColumn.From("key", [.. Enumerable.Range(0, Rows).Select(row => $"key {row}")]),
            new NumberColumn("strong", truth.Select(value => value + (float)random.NextNormal() * 0.3f).ToArray()), new NumberColumn("noise", truth.Select(_ => (float)random.NextNormal()).ToArray()),
            TextColumn.From("label", [.. truth.Select(value => $"v{value}")]),
        ]).WithRole("label", ColumnRole.Label);
    }

    private static CleanOptions Options(LeakAction action) => new() { Leaks = action, Duplicates = DuplicateRows.Keep, DropUselessColumns = false };

    [Test]
    public void Fit_copies_of_a_rare_label_are_warned_of_and_others_are_not()
    {
        var cleaned = new Cleaned(Sample(out var target), Options(LeakAction.Report));
        var fit = cleaned.Fit(target);
        Assert.That(cleaned.Counts(CleanStep.Leak).Keys, Is.EquivalentTo(new[] { "answer", "scaled", "reason" }));
        Assert.That(cleaned.Warnings, Has.Some.Contains("Column 'answer' gives the label away").And.Some.Contains("'gone' with 'leaves'"));
        Assert.That(cleaned.Report.Warnings, Has.Count.EqualTo(3), "the report is whole once all is fitted");
        Assert.That(fit.Features.Features.Select(feature => feature.Name), Does.Contain("answer"), "a report changes nothing");
    }

    [Test]
    public void Fit_transformed_numbers_are_warned_of()
    {
        var cleaned = new Cleaned(Sample(out var target, regression: true), Options(LeakAction.Report));
        cleaned.Fit(target);
        Assert.That(cleaned.Counts(CleanStep.Leak).Keys, Is.EquivalentTo(new[] { "scaled" }));
    }

    [Test]
    public void Fit_leaks_are_left_out_where_wanted()
    {
        var cleaned = new Cleaned(Sample(out var target), Options(LeakAction.Drop) with { Keep = ["reason"] });
        Assert.That(cleaned.Fit(target).Features.Features.Select(feature => feature.Name), Is.EquivalentTo(new[] { "reason", "key", "strong", "noise" }));
    }

    [Test]
    public void Fit_leaks_are_an_error_where_wanted()
    {
        var cleaned = new Cleaned(Sample(out var target), Options(LeakAction.Error));
        Assert.That(() => cleaned.Fit(target), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2203").And.Message.Contains("'answer'"));
    }

    [Test]
    public void Fit_leak_outside_of_training_is_not_looked_at()
    {
        // In the second half the column is the label; training sees the first.
        var random = new SeededRandom(3);
        var target = Cleaned.Alternating(Rows);
        var values = Enumerable.Range(0, Rows).Select(row => row < Rows / 2 ? random.Next(2) : (float)(row % 2)).ToArray();
        var cleaned = new Cleaned(new Table([new NumberColumn("x", values), new NumberColumn("z", Enumerable.Range(0, Rows).Select(row => (float)row).ToArray())]).With(TextColumn.From("label", [.. target.Values.ToArray().Select(value => $"{value}")]), ColumnRole.Label));
        cleaned.Fit(target, rows: [.. Enumerable.Range(0, Rows / 2)]);
        Assert.That(cleaned.Counts(CleanStep.Leak).Keys, Does.Not.Contain("x"));
    }
}
