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
    public void Validate_wrong_groups_units_and_keys_are_told_together()
    {
        var options = new CleanOptions
        {
            RareCategories = RareCategories.Below(1.5).As("NA"), RareCategoriesByColumn = new Dictionary<string, RareCategories> { ["a"] = RareCategories.FewerThan(1) },
            Units = [Unit.Of("a", ("kg", 2), ("lb5", -1)), Unit.Of("a", ("m", 1))], Key = RecordKey.Of("id", "id"),
        };
        Assert.That(new CleanStage(options).Validate().Select(problem => problem.Id), Is.EqualTo(new[] { "MT1251", "MT1252", "MT1251", "MT1253", "MT1253", "MT1253", "MT1253", "MT1254" }));
        Assert.That(new CleanStage(new CleanOptions { Key = RecordKey.Of() }).Validate().Single().Id, Is.EqualTo("MT1254"));
        var schema = new Table([new TensorColumn("t", new float[4], 2), TextColumn.From("id", ["a", "b"])]).Schema;
        Assert.That(new CleanStage(new CleanOptions { Key = RecordKey.Of("id").KeepGreatest("t") }).Validate(schema).Single().Message, Does.Contain("greatest 't', which holds tensors"));
        var unknown = new CleanOptions { Key = RecordKey.Of("idd").KeepGreatest("time"), Units = [Unit.Of("weigth", ("kg", 1))], RareCategoriesByColumn = new Dictionary<string, RareCategories> { ["town"] = RareCategories.None } };
        Assert.That(new CleanStage(unknown).Validate(schema).Select(problem => problem.Id), Is.EqualTo(Enumerable.Repeat("MT2001", 4)));
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
