namespace ModelTraining.Tests.Profiling;

public class ProfileWarningTests
{
    private const int Rows = 400;

    private static float[] Numbers(Func<int, double> value) => [.. Enumerable.Range(0, Rows).Select(row => (float)value(row))];

    private static string?[] Texts(Func<int, string?> value) => [.. Enumerable.Range(0, Rows).Select(value)];

    private static DataProfile Profiled(params Column[] columns) => new Table(columns).Profile();

    private static IEnumerable<ProfileIssue> Issues(DataProfile profile, string? column) => profile.Warnings.Where(warning => warning.Column == column).Select(warning => warning.Issue);

    private static readonly SeededRandom Random = new(11);

    private static NumberColumn Noise(string name = "noise")
    {
        var random = Random.Fork(name);
        return new NumberColumn(name, Numbers(_ => random.NextNormal()));
    }

    [Test]
    public void Warnings_of_unremarkable_data_are_none() =>
        Assert.That(Profiled(Noise(), Noise("other"), TextColumn.From("kind", Texts(row => $"kind {row * 7 % 5}"))).Warnings, Is.Empty);

    [TestCaseSource(nameof(Columns))]
    public void Warnings_column_is_told_once(ProfileIssue issue, Column column) => Assert.That(Issues(Profiled(Noise(), column), column.Name), Is.EqualTo(new[] { issue }));

    public static IEnumerable<TestCaseData> Columns()
    {
        var random = new SeededRandom(3);
        yield return Case(ProfileIssue.Constant, new NumberColumn("c", Numbers(_ => 7)));
        yield return Case(ProfileIssue.Constant, TextColumn.From("some", Texts(row => row < 300 ? "one" : null)));
        yield return Case(ProfileIssue.MostlyMissing, new NumberColumn("none", Numbers(_ => double.NaN)));
        yield return Case(ProfileIssue.MostlyMissing, new NumberColumn("few", Numbers(row => row % 5 == 0 ? row % 17 : double.NaN)));
        yield return Case(ProfileIssue.IdLike, new IntegerColumn("number", Enumerable.Range(1000, Rows).Select(row => (long)row).ToArray()));
        yield return Case(ProfileIssue.IdLike, TextColumn.From("key", Texts(row => $"key{row}x")));
        yield return Case(ProfileIssue.HighCardinality, TextColumn.From("city", Texts(row => $"city{row % 150}")));
        yield return Case(ProfileIssue.Skewed, new NumberColumn("gain", Numbers(row => Math.Exp(3 * random.NextNormal()))));
        yield return Case(ProfileIssue.Infinite, new NumberColumn("inf", Numbers(row => row == 5 ? double.PositiveInfinity : row * 31 % 97)));
        yield return Case(ProfileIssue.DatesAsText, TextColumn.From("day", Texts(row => $"{1 + (row % 28)}.{1 + (row % 12)}.2020")));
        yield return Case(ProfileIssue.NumbersAsText, TextColumn.From("price", Texts(row => $"$ {row * 7 % 300}.50")));

        static TestCaseData Case(ProfileIssue issue, Column column) => new TestCaseData(issue, column).SetArgDisplayNames(issue.ToString(), column.Name);
    }

    [Test]
    public void Warnings_prose_is_no_key() =>
        Assert.That(Issues(Profiled(Noise(), TextColumn.From("text", Texts(row => $"this is sentence number {row} of many"))), "text"), Is.Empty);

    [Test]
    public void Warnings_copy_of_a_column_is_redundant() =>
        Assert.That(Profiled(Noise(), Noise("a"), Noise("a").Rename("copy")).Warnings.Single(), Is.EqualTo(new ProfileWarning(ProfileIssue.Redundant, "copy", "Columns 'a' and 'copy' tell nearly the same (Pearson 1.000). One of them may do; importances are shared between the two.")));

    [Test]
    public void Warnings_columns_missing_in_the_same_rows_are_told_together()
    {
        NumberColumn Gappy(string name, int shift) => new NumberColumn(name, Numbers(row => (row + shift) % 10 == 0 ? double.NaN : Math.Sin(row * (shift + 1.3) * name.Length)));
        var profile = Profiled(Noise(), Gappy("a", 0), Gappy("bb", 0), Gappy("ccc", 4));
        Assert.That(profile.MissingTogether.Single().Columns, Is.EqualTo(new[] { "a", "bb" }));
        Assert.That(profile.MissingTogether.Single().Count, Is.EqualTo(40));
        Assert.That(profile.Warnings.Single().Message, Does.Contain("'a', 'bb'").And.Contain("same 40 rows"));
    }

    [Test]
    public void Warnings_label_given_away_and_rare_class_are_told()
    {
        var label = TextColumn.From("y", Texts(row => row % 50 == 0 ? "rare" : "usual"));
        var profile = new Table([Noise(), TextColumn.From("leak", Texts(row => row % 50 == 0 ? "R" : row % 3 == 0 ? "U" : "V")), label], new Dictionary<string, ColumnRole> { ["y"] = ColumnRole.Label }).Profile();
        Assert.That(profile.Warnings.Select(warning => (warning.Issue, warning.Column)), Is.EqualTo(new (ProfileIssue, string?)[] { (ProfileIssue.Leak, "leak"), (ProfileIssue.Imbalanced, "y") }));
        Assert.That(profile.Warnings[0].Message, Does.Contain("100.0 % off the errors of predicting 'y'").And.Contain("Ignored"));
        Assert.That(profile.Warnings[1].Message, Does.Contain("class 'rare' has 8 rows, 2.0 %"));
    }

    [Test]
    public void Warnings_numbers_that_give_a_number_away_are_told()
    {
        var y = Numbers(row => row * 37 % 401);
        var profile = new Table([Noise(), new NumberColumn("square", Array.ConvertAll(y, value => value * value)), new NumberColumn("y", y)], new Dictionary<string, ColumnRole> { ["y"] = ColumnRole.Label }).Profile();
        Assert.That(Issues(profile, "square"), Does.Contain(ProfileIssue.Leak));
    }

    [TestCase("y,1\nn,2\n")]
    [TestCase(",1\n,2\nx,3\n")]
    [TestCase("2020-01-01,1\n2020-01-02,2\n")]
    public async Task ProfileAsync_label_that_cannot_be_learned_is_no_error(string rows)
    {
        var profile = await Csv.Text("y,x\n" + rows, label: "y").ProfileAsync();
        Assert.That(profile.ToHtml(), Does.Contain("Column by column"));
    }
}
