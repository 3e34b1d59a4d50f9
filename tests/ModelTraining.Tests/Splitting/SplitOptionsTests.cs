namespace ModelTraining.Tests;

public class SplitOptionsTests
{
    [Test]
    public void Validate_defaults_have_no_problem() => Assert.That(new SplitOptions().Validate(), Is.Empty);

    [TestCase(0.001, 0, null, true)]
    [TestCase(0.9, 0.09, true, true)]
    [TestCase(0.5, 0.1, false, false)]
    public void Validate_within_the_bounds_has_no_problem(double test, double validation, bool? stratify, bool shuffle) =>
        Assert.That(new SplitOptions { Test = test, Validation = validation, Stratify = stratify, Shuffle = shuffle }.Validate(), Is.Empty);

    [TestCase(1.2, 0.1, "MT1310", "The 'Test' option of Split must be in (0, 1). Got 1.2.")]
    [TestCase(0, 0.1, "MT1310", "The 'Test' option of Split must be in (0, 1). Got 0.")]
    [TestCase(double.NaN, 0.1, "MT1310", "The 'Test' option of Split must be in (0, 1). Got NaN.")]
    [TestCase(0.2, -0.1, "MT1311", "The 'Validation' option of Split must be in [0, 1). Got -0.1.")]
    [TestCase(0.2, 1, "MT1311", "The 'Validation' option of Split must be in [0, 1). Got 1.")]
    [TestCase(0.75, 0.25, "MT1312", "The 'Test' and 'Validation' options of Split must leave rows to train on. Got 0.75 + 0.25 = 1. Make their sum less than 1.")]
    public void Validate_outside_the_bounds_names_option_and_value(double test, double validation, string id, string message) =>
        Assert.That(new SplitOptions { Test = test, Validation = validation }.Validate(), Is.EqualTo(new[] { new Problem(id, message) }));

    [Test]
    public void Validate_reports_all_problems_together() =>
        Assert.That(new SplitOptions { Test = 2, Validation = 2, Stratify = true, Shuffle = false }.Validate().Select(problem => problem.Id), Is.EqualTo(new[] { "MT1310", "MT1311", "MT1313" }));

    [Test]
    public void Validate_one_column_has_no_problem()
    {
        Assert.That(new SplitOptions { GroupBy = "a", Stratify = true }.Validate(), Is.Empty);
        Assert.That(new SplitOptions { TimeBy = "a", Shuffle = false, Stratify = false }.Validate(), Is.Empty);
        Assert.That(new SplitOptions { PartColumn = "a", Shuffle = false }.Validate(), Is.Empty);
    }

    [Test]
    public void Validate_options_that_exclude_each_other_are_reported_together()
    {
        var options = new SplitOptions { Test = 2, GroupBy = "a", TimeBy = "b", PartColumn = "c", Stratify = true };
        Assert.That(options.Validate().Select(problem => problem.Id), Is.EqualTo(new[] { "MT1310", "MT1314", "MT1315", "MT1315" }));
        Assert.That((options with { Test = 0.2, Stratify = null }).Validate(), Is.EqualTo(new[]
        {
            new Problem("MT1314", "The options 'GroupBy' and 'TimeBy' and 'PartColumn' of Split exclude each other: each decides alone which part a row is in. Keep one of them."),
        }));
    }

    [Test]
    public void Validate_groups_without_shuffle_is_a_problem() => Assert.That(new SplitOptions { GroupBy = "a", Shuffle = false }.Validate(), Is.EqualTo(new[]
    {
        new Problem("MT1316", "The 'GroupBy' option of Split needs 'Shuffle': groups are dealt out at random. Leave one of the two at its default."),
    }));

    [TestCase("GroupBy")]
    [TestCase("TimeBy")]
    [TestCase("PartColumn")]
    public void Validate_schema_knows_unknown_columns_and_the_label(string option)
    {
        var schema = new Schema([new ColumnInfo("when", ColumnType.Integer, ColumnRole.Feature), new ColumnInfo("y", ColumnType.Text, ColumnRole.Label)]);
        SplitOptions Naming(string name) => option switch
        {
            "GroupBy" => new SplitOptions { GroupBy = name },
            "TimeBy" => new SplitOptions { TimeBy = name },
            _ => new SplitOptions { PartColumn = name },
        };
        Assert.That(Naming("when").Validate(schema), Is.Empty);
        Assert.That(Naming("whn").Validate(schema), Is.EqualTo(new[] { new Problem("MT2001", $"The option '{option}' of Split names a column 'whn' that is not there. Did you mean 'when'?") }));
        Assert.That(Naming("y").Validate(schema).Single().Id, Is.EqualTo("MT2312"));
    }
}
