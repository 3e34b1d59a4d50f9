namespace ModelTraining.Tests.Cleaning;

public class MissingValueTests
{
    private static Table Sample() => new Table(
    [
        new NumberColumn("n", new[] { 1f, 2, 9, float.NaN, 2, 2 }), new IntegerColumn("w", new[] { 1L, 4, IntegerColumn.Missing, 2, 4, 4 }), new BooleanColumn("b", new byte[] { 1, 0, 1, 255, 1, 0 }),
        TextColumn.From("t", ["a", "b", null, "b", "a", "b"]), new DateTimeColumn("d", new[] { new DateTime(2001, 1, 1), DateTimeColumn.Missing, new(2001, 1, 3), new(2001, 1, 3), new(2001, 1, 5), new(2001, 1, 8) }),
    ]);

    private static (FittedMissingValues Fitted, CleanLedger Ledger) Fit(CleanOptions options, TrainerNeeds? needs = null)
    {
        var ledger = new CleanLedger();
        return ((FittedMissingValues)new MissingValueRepair(options, ledger).Fit(Sample().View(new[] { 0, 1, 2, 3, 4, 5 }), new FitContext { Needs = needs ?? new TrainerNeeds() }), ledger);
    }

    private static object?[] Filled(MissingValues rule)
    {
        var table = Fit(new CleanOptions { Missing = rule }).Fitted.Apply(Sample());
        return [table["n"][3], table["w"][2], table["b"][3], table["t"][2], table["d"][1]];
    }

    [Test]
    public void Apply_mean_fills_numbers_and_dates_and_the_most_frequent_the_rest() =>
        Assert.That(Filled(MissingValues.Mean), Is.EqualTo(new object?[] { 3.2f, 3f, 1f, "b", new DateTime(2001, 1, 4) }));

    [Test]
    public void Apply_median_fills_numbers_and_dates_and_the_most_frequent_the_rest() =>
        Assert.That(Filled(MissingValues.Median), Is.EqualTo(new object?[] { 2f, 4f, 1f, "b", new DateTime(2001, 1, 3) }));

    [Test]
    public void Apply_most_frequent_fills_all() =>
        Assert.That(Filled(MissingValues.MostFrequent), Is.EqualTo(new object?[] { 2f, 4f, 1f, "b", new DateTime(2001, 1, 3) }));

    [Test]
    public void Apply_constant_fills_what_it_is_of()
    {
        Assert.That(Filled(MissingValues.Constant(-1)), Is.EqualTo(new object?[] { -1f, -1f, -1f, null, null }));
        Assert.That(Filled(MissingValues.Constant("none")), Is.EqualTo(new object?[] { null, null, null, "none", null }));
    }

    [Test]
    public void Apply_auto_leaves_them_for_the_features_and_reports_them()
    {
        var (fitted, ledger) = Fit(new CleanOptions(), Cleaned.Trees);
        Assert.That(fitted.Apply(Sample())["n"].IsMissing(3));
        Assert.That(ledger.Findings.Select(finding => (finding.Column, finding.Count)), Is.EqualTo(new[] { ("n", 1), ("w", 1), ("b", 1), ("t", 1), ("d", 1) }));
        Assert.That(ledger.Findings[0].What, Does.Contain("left to the trainer"));
    }

    [Test]
    public void Apply_indicator_says_what_was_missing()
    {
        var table = Fit(new CleanOptions { MissingByColumn = new Dictionary<string, MissingValues> { ["n"] = MissingValues.Median.WithIndicator(), ["t"] = MissingValues.Auto.WithIndicator() } }).Fitted.Apply(Sample());
        Assert.That(((NumberColumn)table["n_missing"]).Values.ToArray(), Is.EqualTo(new[] { 0f, 0, 0, 1, 0, 0 }));
        Assert.That(((NumberColumn)table["t_missing"]).Values.ToArray(), Is.EqualTo(new[] { 0f, 0, 1, 0, 0, 0 }));
        Assert.That(table.Schema.Contains("w_missing"), Is.False);
    }

    [Test]
    public void Keep_drop_leaves_rows_out_of_training()
    {
        var (fitted, _) = Fit(new CleanOptions { MissingByColumn = new Dictionary<string, MissingValues> { ["n"] = MissingValues.Drop, ["t"] = MissingValues.Drop } });
        Assert.That(fitted.Keep(Sample().View(new[] { 0, 1, 2, 3, 4, 5 })).ToArray(), Is.EqualTo(new[] { 0, 1, 4, 5 }));
        Assert.That(fitted.Apply(Sample()).RowCount, Is.EqualTo(6));
    }

    [Test]
    public void Fit_treatment_that_does_not_fit_the_type_is_an_error() =>
        Assert.That(() => Fit(new CleanOptions { MissingByColumn = new Dictionary<string, MissingValues> { ["t"] = MissingValues.Mean } }), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2204").And.Message.Contains("'t'"));

    [Test]
    public void Fit_report_says_what_was_filled_in() =>
        Assert.That(Fit(new CleanOptions { Missing = MissingValues.Mean }).Ledger.Findings.Select(finding => finding.What), Is.EqualTo(new[]
        {
            "training rows lack it; filled with 3.2", "training rows lack it; filled with 3", "training rows lack it; filled with 1", "training rows lack it; filled with 'b'", "training rows lack it; filled with 2001-01-04",
        }));
}
