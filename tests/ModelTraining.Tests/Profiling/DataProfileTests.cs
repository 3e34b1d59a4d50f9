namespace ModelTraining.Tests.Profiling;

/// <summary>Expected values are those of pandas 1.5.3 and SciPy 1.10.1 for the same table.</summary>
public class DataProfileTests
{
    private const int Rows = 40;

    private static float X(int i) => (i * 37 % 23 / 4f) - 1;

    private static int K(int i) => i * i % 10;

    private static Table Reference() => new([
        new NumberColumn("x", Enumerable.Range(0, Rows).Select(X).ToArray()),
        new NumberColumn("y", Enumerable.Range(0, Rows).Select(i => i % 7 == 0 ? float.NaN : (X(i) * X(i) * X(i)) + (i * 11 % 5)).ToArray()),
        new IntegerColumn("k", Enumerable.Range(0, Rows).Select(i => (long)K(i)).ToArray()),
        TextColumn.From("c", [.. Enumerable.Range(0, Rows).Select(i => "abcd"[((i * 3) + (i / 5)) % 4].ToString())]),
        TextColumn.From("d", [.. Enumerable.Range(0, Rows).Select(i => i % 9 == 4 ? null : new[] { "p", "q", "r" }[(K(i) > 4 ? 1 : 0) + (i % 8 == 3 ? 1 : 0)])]),
    ]);

    [Test]
    public void Profile_numbers_are_described_as_pandas_does()
    {
        var profile = Reference().Profile();
        Expect(profile["x"], 0, 23, -1, 0.25, 1.75, 3.0625, 4.5, 1.7, 1.6919871491298373, -0.020185011503698547, 1, 8);
        Expect(profile["y"], 6, 34, -0.421875, 2.53515625, 9.6796875, 34.24609375, 94.125, 23.009191176470587, 27.41840704179408, 1.2265367773801266, 1, 3);
        Expect(profile["k"], 0, 6, 0, 1, 4.5, 6, 9, 4.5, 3.046645906903407, 0.045812825726057285, 4, 0);
    }

    private static void Expect(ColumnProfile column, int missing, int distinct, double min, double lower, double median, double upper, double max, double mean, double deviation, double skewness, int zeros, int negatives)
    {
        var numbers = column.Numbers!;
        Assert.That((column.MissingCount, column.DistinctCount, numbers.Zeros, numbers.Negatives), Is.EqualTo((missing, distinct, zeros, negatives)), column.Name);
        Assert.That(new[] { numbers.Min, numbers.LowerQuartile, numbers.Median, numbers.UpperQuartile, numbers.Max, numbers.Mean, numbers.Deviation, numbers.Skewness },
            Is.EqualTo(new[] { min, lower, median, upper, max, mean, deviation, skewness }).Within(1e-6), column.Name);
    }

    [TestCase("x", "y", AssociationMeasure.Pearson, 0.8786848910121419)]
    [TestCase("x", "k", AssociationMeasure.Pearson, 0.022383544776281232)]
    [TestCase("y", "k", AssociationMeasure.Pearson, 0.09318348433232256)]
    [TestCase("x", "y", AssociationMeasure.Spearman, 0.9743084083183101)]
    [TestCase("x", "k", AssociationMeasure.Spearman, 0.08384160042462108)]
    [TestCase("y", "k", AssociationMeasure.Spearman, 0.15230353085077405)]
    [TestCase("c", "d", AssociationMeasure.CramersV, 0.21452290016812958)]
    [TestCase("x", "c", AssociationMeasure.CorrelationRatio, 0.5218040290120782)]
    [TestCase("y", "c", AssociationMeasure.CorrelationRatio, 0.6267585869770029)]
    [TestCase("k", "d", AssociationMeasure.CorrelationRatio, 0.7201291869568585)]
    [TestCase("y", "d", AssociationMeasure.CorrelationRatio, 0.10284973698720187)]
    public void Profile_associations_are_those_of_pandas_and_scipy(string first, string second, AssociationMeasure measure, double expected)
    {
        var found = Reference().Profile().Associations.Single(pair => (pair.First, pair.Second, pair.Measure) == (first, second, measure));
        Assert.That(found.Value, Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void Profile_associations_of_all_pairs_begin_with_the_strongest()
    {
        var pairs = Reference().Profile().Associations;
        Assert.That(pairs, Has.Count.EqualTo(13), "ten pairs, of which three are of numbers and have two measures");
        Assert.That(pairs.Select(pair => Math.Abs(pair.Value)), Is.Ordered.Descending);
    }

    [Test]
    public void Profile_histogram_is_numpys()
    {
        var bins = Reference().Profile(o => o with { HistogramBins = 5 })["x"].Histogram;
        Assert.That(bins.Select(bin => bin.Count), Is.EqualTo(new[] { 9, 7, 8, 8, 8 }));
        Assert.That(bins.Select(bin => bin.From).Append(bins[^1].To), Is.EqualTo(new[] { -1, 0.1, 1.2, 2.3, 3.4, 4.5 }).Within(1e-9));
    }

    [Test]
    public void Profile_text_booleans_and_dates_are_described()
    {
        var table = new Table([
            TextColumn.From("t", ["bb", "a", null, "bb", "", "cccc"]),
            new BooleanColumn("b", new byte[] { 1, 0, 1, BooleanColumn.Missing, 1, 0 }),
            new DateTimeColumn("d", new[] { new DateTime(2020, 1, 3), DateTimeColumn.Missing, new DateTime(2020, 1, 1), new DateTime(2020, 1, 1), new DateTime(2020, 1, 2), new DateTime(2020, 1, 11) }),
            new TensorColumn("v", new float[12], 2),
        ]);
        var profile = table.Profile(o => o with { HistogramBins = 2 });
        var text = profile["t"];
        Assert.That((text.MissingCount, text.DistinctCount, text.Lengths), Is.EqualTo((2, 3, new TextLengths(1, 9 / 4.0, 4))), "empty text is missing");
        Assert.That(text.TopValues, Is.EqualTo(new ValueCount[] { new("bb", 2), new("a", 1), new("cccc", 1) }));
        Assert.That(text.Examples, Is.EqualTo(new[] { "bb", "a", "cccc" }));
        Assert.That(profile["b"].TopValues, Is.EqualTo(new ValueCount[] { new("true", 3), new("false", 2) }));
        var dates = profile["d"];
        Assert.That((dates.Dates, dates.DistinctCount, dates.MissingCount), Is.EqualTo((new DateRange(new DateTime(2020, 1, 1), new DateTime(2020, 1, 11)), 4, 1)));
        Assert.That(dates.TopValues[0], Is.EqualTo(new ValueCount("2020-01-01", 2)));
        Assert.That(dates.Histogram.Select(bin => bin.Count), Is.EqualTo(new[] { 4, 1 }));
        Assert.That((profile["v"].DistinctCount, profile["v"].TopValues.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Profile_same_at_any_number_of_threads()
    {
        var one = new DataProfiler(new ProfileOptions(), 1).Profile(Reference(), "t", CancellationToken.None);
        var many = new DataProfiler(new ProfileOptions(), 4).Profile(Reference(), "t", CancellationToken.None);
        Assert.That(many.Associations, Is.EqualTo(one.Associations));
        Assert.That(many.ToHtml(), Is.EqualTo(one.ToHtml()));
    }

    [Test]
    public void Profile_empty_and_missing_columns_are_no_error()
    {
        Assert.That(new Table([new NumberColumn("x", Array.Empty<float>()), TextColumn.From("t", [])]).Profile().ToHtml(), Does.Contain("What the data is like"));
        var none = new Table([new NumberColumn("x", new[] { float.NaN, float.NaN }), TextColumn.From("t", [null, null]), new DateTimeColumn("d", new DateTime[2])]).Profile();
        Assert.That(none.Warnings.Select(warning => (warning.Issue, warning.Column)), Is.EqualTo(new[] { (ProfileIssue.DuplicateRows, null), (ProfileIssue.MostlyMissing, "x"), (ProfileIssue.MostlyMissing, "t"), (ProfileIssue.MostlyMissing, (string?)"d") }));
        Assert.That(none.ToString(), Does.Contain("has no value at all"));
    }

    [Test]
    public void Profile_many_columns_are_limited_and_said()
    {
        var random = new SeededRandom(1);
        var columns = new List<Column>();
        for (var i = 0; i < 300; i++) columns.Add(new NumberColumn($"x{i}", Enumerable.Range(0, 200).Select(_ => (float)random.NextNormal()).ToArray()));
        var y = ((NumberColumn)columns[250]).Values.ToArray();
        columns.Add(new NumberColumn("y", Array.ConvertAll(y, value => value + (float)(0.5 * random.NextNormal()))));
        var table = new Table(columns, new Dictionary<string, ColumnRole> { ["y"] = ColumnRole.Label });

        var profile = table.Profile(o => o with { MaxAssociationColumns = 10, MaxAssociationRows = 100 });
        Assert.That(profile.AssociatedColumns, Has.Count.EqualTo(10).And.Contain("y").And.Contain("x250"));
        Assert.That(profile.Notes, Has.Count.EqualTo(2));
        Assert.That(profile.Notes[0], Does.Contain("10 of 301 columns").And.Contain("MaxAssociationColumns"));
        Assert.That(profile.Notes[1], Does.Contain("100 of 200 rows"));
        Assert.That(profile.Columns.Count(column => column.WithLabel is not null), Is.EqualTo(300), "with the label all are measured");
        Assert.That(profile["x250"].WithLabel!.Value, Is.GreaterThan(0.8));
    }

    [Test]
    public void Profile_wrong_options_are_said_together()
    {
        var failure = Assert.Throws<ModelTrainingException>(() => Reference().Profile(o => o with { TopValues = 0, HistogramBins = 0, MaxAssociationColumns = 1, MaxAssociationRows = 5 }))!;
        Assert.That(failure.Problems.Select(problem => problem.Id), Is.EqualTo(Enumerable.Repeat("MT1250", 4)));
        Assert.That(failure.Message, Does.Contain("The option 'HistogramBins' of Profile must be in [1, 1000]. Got 0."));
        var planned = Assert.ThrowsAsync<ModelTrainingException>(() => Pipeline.From(Csv.Text("a\n1\n")).Profile(o => o with { TopValues = 0 }).RunAsync())!;
        Assert.That((planned.Id, planned.Message), Is.EqualTo(("MT1250", planned.Message)));
        Assert.That(planned.Message, Does.Contain("stage 2 of 2, Profile, DataProfileTests.cs:"));
    }

    [Test]
    public void Indexer_unknown_column_names_the_nearest() =>
        Assert.That(Assert.Throws<ModelTrainingException>(() => _ = Reference().Profile()["xx"])!.Message, Does.StartWith("MT2001").And.Contain("Did you mean 'x'"));

    [Test]
    public async Task Profile_in_a_pipeline_is_the_runs_report_and_changes_nothing()
    {
        var source = Pipelines.Given.Shop(200);
        var run = await Pipeline.From(source).Profile().RunAsync();
        var profile = run.Report<DataProfile>()!;
        Assert.That(run.Table, Is.SameAs(run.Source));
        Assert.That(profile.ToString(), Is.EqualTo((await source.ProfileAsync()).ToString()));
        Assert.That((profile.Label!.Name, profile["customer"].Role), Is.EqualTo(("returns", ColumnRole.Id)));
    }

    [Test]
    public async Task ProfileAsync_adult_is_what_pandas_says()
    {
        var profile = await Csv.File(TestData.Shared("tabular/adult.csv"), label: "label(IsOver50K)").ProfileAsync();
        Assert.That((profile.RowCount, profile.Columns.Count, profile.DuplicateRowCount), Is.EqualTo((32561, 15, 24)));
        Assert.That((profile["workclass"].MissingCount, profile["occupation"].MissingCount, profile["native-country"].MissingCount), Is.EqualTo((1836, 1843, 583)));
        Assert.That(profile["capital-gain"].Numbers!.Skewness, Is.EqualTo(11.953847687699799).Within(1e-6));
        Assert.That(profile["age"].Numbers!.Deviation, Is.EqualTo(13.640432553581146).Within(1e-6));
        Assert.That(profile["sex"].WithLabel!.Value, Is.EqualTo(0.21598015058403633).Within(1e-6));
        Assert.That(profile["occupation"].WithLabel, Is.EqualTo(new Association("occupation", "label(IsOver50K)", AssociationMeasure.CramersV, profile["occupation"].WithLabel!.Value)));
        Assert.That(profile["occupation"].WithLabel!.Value, Is.EqualTo(0.34915926659623364).Within(1e-6));
        Assert.That(profile["age"].WithLabel!.Value, Is.EqualTo(0.2340371026488575).Within(1e-6));
        Assert.That(Value("age", "hours-per-week", AssociationMeasure.Pearson), Is.EqualTo(0.06875570750956339).Within(1e-6));
        Assert.That(Value("age", "hours-per-week", AssociationMeasure.Spearman), Is.EqualTo(0.14290681031958297).Within(1e-6));
        Assert.That(profile.MissingTogether.Single().Columns, Is.EquivalentTo(new[] { "workclass", "occupation" }));
        Assert.That(profile.Warnings.Select(warning => (warning.Issue, warning.Column)), Is.SupersetOf(new (ProfileIssue, string?)[]
        {
            (ProfileIssue.DuplicateRows, null), (ProfileIssue.Skewed, "capital-gain"), (ProfileIssue.Redundant, "education-num"),
        }));

        double Value(string first, string second, AssociationMeasure measure) => profile.Associations.Single(pair => (pair.First, pair.Second, pair.Measure) == (first, second, measure)).Value;
    }
}
