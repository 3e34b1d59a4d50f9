namespace ModelTraining.Tests.Cleaning;

public class UselessColumnsTests
{
    private const int Rows = 60;

    private static Table Sample()
    {
        var random = new SeededRandom(2);
        string?[] Text(Func<int, string?> value) => [.. Enumerable.Range(0, Rows).Select(value)];
        return new Table(
        [
            new NumberColumn("constant", Enumerable.Repeat(3f, Rows).ToArray()), new NumberColumn("nothing", Enumerable.Repeat(float.NaN, Rows).ToArray()),
            new NumberColumn("once or not", Enumerable.Range(0, Rows).Select(row => row % 3 == 0 ? float.NaN : 1).ToArray()),
            new IntegerColumn("number", Enumerable.Range(0, Rows).Select(row => 1000L + row * 2).ToArray()), new IntegerColumn("sparse", Enumerable.Range(0, Rows).Select(row => row * 17L).ToArray()),
            new IntegerColumn("count", Enumerable.Range(0, Rows).Select(row => (long)random.Next(50)).ToArray()), TextColumn.From("key", Text(row => $"K-{row:0000}-X")),
            TextColumn.From("names", Text(row => $"Doe, Mr. John the {row}th")), TextColumn.From("kind", Text(row => $"{(char)('a' + row % 4)}")), new NumberColumn("x", Enumerable.Range(0, Rows).Select(_ => (float)random.NextNormal()).ToArray()),
        ]);
    }

    [Test]
    public void Fit_constant_empty_and_key_columns_are_left_out()
    {
        var cleaned = new Cleaned(Sample());
        var features = cleaned.Fit(Cleaned.Alternating(Rows)).Features.Features.Select(feature => feature.Name);
        Assert.That(features, Is.EqualTo(new[] { "once or not", "sparse", "count", "kind", "x" }));
        Assert.That(cleaned.Counts(CleanStep.UselessColumn).Keys, Is.EquivalentTo(new[] { "constant", "nothing", "number", "key" }));
        Assert.That(cleaned.Warnings, Has.Some.Contains("Column 'names' is left out"), "sentences are left to the features");
    }

    [Test]
    public void Fit_columns_to_keep_stay_and_are_reported()
    {
        var cleaned = new Cleaned(Sample(), new CleanOptions { Keep = ["number", "key"] });
        var features = cleaned.Fit(Cleaned.Alternating(Rows)).Features.Features.Select(feature => feature.Name);
        Assert.That(features, Does.Contain("number").And.Contain("key").And.Not.Contain("constant"));
        Assert.That(cleaned.Report.Findings.Single(finding => finding is { Step: CleanStep.UselessColumn, Column: "key" }).What, Does.EndWith("stays"));
    }

    [Test]
    public void Fit_all_stay_when_switched_off()
    {
        var cleaned = new Cleaned(Sample(), new CleanOptions { DropUselessColumns = false });
        Assert.That(cleaned.Fit(Cleaned.Alternating(Rows)).Features.Features.Select(feature => feature.Name), Does.Contain("constant").And.Contain("number").And.Contain("key"));
    }

    [Test]
    public void Fit_constant_in_training_only_is_left_out()
    {
        var values = Enumerable.Range(0, Rows).Select(row => row < 10 ? row : 7f).ToArray();
        var cleaned = new Cleaned(Sample().With(new NumberColumn("mostly", values)));
        var fit = cleaned.Fit(Cleaned.Alternating(Rows), rows: [.. Enumerable.Range(10, Rows - 10)]);
        Assert.That(fit.Features.Features.Select(feature => feature.Name), Does.Not.Contain("mostly"));
    }
}
