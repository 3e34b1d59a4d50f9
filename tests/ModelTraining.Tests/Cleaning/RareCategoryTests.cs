namespace ModelTraining.Tests.Cleaning;

public class RareCategoryTests
{
    private static readonly string?[] Cities = ["Rome", "Rome", "Rome", "Rome", "Oslo", "Oslo", "Oslo", "Lima", "Bern", null, "Paris", "Paris", "Paris", "Paris", "Paris", "Paris", "Paris", "Paris"];

    /// <summary>The first ten rows are trained on: Rome 4, Oslo 3, Lima and Bern 1.</summary>
    private static FittedRareCategories Fit(CleanOptions options, CleanLedger? ledger = null, params Column[] more) =>
        (FittedRareCategories)new RareCategoryRepair(options, ledger ?? new CleanLedger()).Fit(new Table([TextColumn.From("city", Cities), .. more]).View(Enumerable.Range(0, 10).ToArray()), new FitContext());

    private static IEnumerable<object?> Served(FittedRareCategories fitted, params string?[] values)
    {
        var column = fitted.Apply(new Table([TextColumn.From("city", values)]))["city"];
        return Enumerable.Range(0, column.Count).Select(row => column[row]);
    }

    [Test]
    public void Apply_rare_and_unseen_become_one_and_missing_stays()
    {
        var fitted = Fit(new CleanOptions { RareCategories = RareCategories.FewerThan(2) });
        Assert.That(Served(fitted, "Rome", "Oslo", "Lima", "Bern", "Paris", null), Is.EqualTo(new[] { "Rome", "Oslo", "other", "other", "other", null }), "Paris has most rows, none of them for training");
    }

    [Test]
    public void Apply_share_is_of_training_rows_that_have_a_value()
    {
        // Nine have one; 3 of 9 are a third.
        Assert.That(Served(Fit(new CleanOptions { RareCategories = RareCategories.Below(1.0 / 3) }), "Oslo", "Lima"), Is.EqualTo(new[] { "Oslo", "other" }));
        Assert.That(Served(Fit(new CleanOptions { RareCategories = RareCategories.Below(0.34).As("elsewhere") }), "Rome", "Oslo"), Is.EqualTo(new[] { "Rome", "elsewhere" }));
    }

    [Test]
    public void Apply_without_rare_ones_leaves_unseen_ones_as_they_are() => Assert.That(Served(Fit(new CleanOptions { RareCategories = RareCategories.Below(0.01) }), "Lima", "Paris"), Is.EqualTo(new[] { "Lima", "Paris" }));

    [Test]
    public void Apply_category_called_like_the_level_takes_them_in() =>
        Assert.That(Served(Fit(new CleanOptions { RareCategories = RareCategories.FewerThan(2).As("Lima") }), "Lima", "Bern", "Oslo"), Is.EqualTo(new[] { "Lima", "Lima", "Oslo" }));

    [Test]
    public void Fit_reports_rows_and_examples()
    {
        var ledger = new CleanLedger();
        Fit(new CleanOptions { RareCategories = RareCategories.FewerThan(2) }, ledger);
        var finding = ledger.Findings.Single();
        Assert.That((finding.Step, finding.Column, finding.Count, finding.Of), Is.EqualTo((CleanStep.RareCategory, "city", 2, 10)));
        Assert.That(finding.Examples, Is.EqualTo(new CleanExample[] { new(8, "'Lima'", "'other'"), new(9, "'Bern'", "'other'") }));
        Assert.That(finding.What, Does.Contain("2 rare categories (fewer than 2 rows each)"));
    }

    [Test]
    public void Fit_by_column_goes_before_the_rule_for_all()
    {
        var options = new CleanOptions { RareCategories = RareCategories.FewerThan(2), RareCategoriesByColumn = new Dictionary<string, RareCategories> { ["city"] = RareCategories.None } };
        Assert.That(Served(Fit(options), "Lima", "Paris"), Is.EqualTo(new[] { "Lima", "Paris" }));
    }

    [Test]
    public void Fit_named_column_without_categories_fails()
    {
        var options = new CleanOptions { RareCategoriesByColumn = new Dictionary<string, RareCategories> { ["x"] = RareCategories.FewerThan(2) } };
        var failure = Assert.Throws<ModelTrainingException>(() => Fit(options, null, new NumberColumn("x", new float[Cities.Length])))!;
        Assert.That((failure.Id, failure.Message), Is.EqualTo(("MT2261", failure.Message)));
        Assert.That(failure.Message, Does.Contain("Column 'x' is of type Number").And.Contain("RareCategoriesByColumn"));
    }
}
