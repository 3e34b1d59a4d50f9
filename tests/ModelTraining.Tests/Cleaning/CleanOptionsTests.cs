namespace ModelTraining.Tests.Cleaning;

public class CleanOptionsTests
{
    [Test]
    public void Validate_defaults_are_right() => Assert.That(new CleanStage(new CleanOptions()).Validate(), Is.Empty);

    [Test]
    public void Validate_reports_all_that_is_wrong()
    {
        var options = new CleanOptions
        {
            MaxUnreadable = 0.9, Missing = MissingValues.Constant(float.NaN), Outliers = Outliers.Iqr(-1),
            MissingByColumn = new Dictionary<string, MissingValues> { ["a"] = MissingValues.Constant("?") }, OutliersByColumn = new Dictionary<string, Outliers> { ["a"] = Outliers.ZScore(double.NaN) },
        };
        Assert.That(new CleanStage(options).Validate().Select(problem => problem.Id), Is.EqualTo(new[] { "MT1202", "MT1203", "MT1203", "MT1204", "MT1204" }));
    }

    [Test]
    public void Validate_unknown_columns_are_named_with_the_nearest()
    {
        var options = new CleanOptions
        {
            Keep = ["passenger"], MissingByColumn = new Dictionary<string, MissingValues> { ["agee"] = MissingValues.Drop, ["fare"] = MissingValues.Drop },
            OutliersByColumn = new Dictionary<string, Outliers> { ["fair"] = Outliers.None },
        };
        var problems = new CleanStage(options).Validate(Cleaned.TableOf(("age", ["1"]), ("fare", ["2"])).Schema).ToList();
        Assert.That(problems.Select(problem => problem.Id), Is.All.EqualTo("MT2001"));
        Assert.That(problems.Select(problem => problem.Message), Has.Exactly(3).Items.And.Some.Contains("'agee' that is not there. Did you mean 'age'?").And.Some.Contains("'fair'").And.Some.Contains("'passenger'"));
    }
}
