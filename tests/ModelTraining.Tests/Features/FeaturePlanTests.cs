using ModelTraining.Onnx;
using ModelTraining.Tests.Cleaning;
using ModelTraining.Tests.Conformance;

namespace ModelTraining.Tests.Features;

public class FeaturePlanTests
{
    private static readonly CleanOptions CleanAll = new()
    {
        Duplicates = DuplicateRows.Keep, Missing = MissingValues.Median.WithIndicator(),
        MissingByColumn = new Dictionary<string, MissingValues> { ["animal"] = MissingValues.Auto.WithIndicator(), ["whole"] = MissingValues.Drop },
        Outliers = Outliers.Iqr().Clip(), OutliersByColumn = new Dictionary<string, Outliers> { ["number"] = Outliers.ZScore(2).Flag() },
    };

    private static readonly CleanOptions KeepAll = new() { Duplicates = DuplicateRows.Keep };

    private static IEnumerable<TestCaseData> Trainers()
    {
        foreach (var task in Enum.GetValues<LearningTask>())
        {
            foreach (var clean in new[] { KeepAll, CleanAll })
            {
                yield return new TestCaseData(task, clean, Cleaned.Trees).SetArgDisplayNames($"{task}", $"missing {clean.Missing}", "trees");
                yield return new TestCaseData(task, clean, Cleaned.Linear).SetArgDisplayNames($"{task}", $"missing {clean.Missing}", "linear");
                yield return new TestCaseData(task, clean, new TrainerNeeds { MaxCategories = 4 }).SetArgDisplayNames($"{task}", $"missing {clean.Missing}", "few categories");
            }
        }
    }

    private static FeatureFit Fit(AwkwardTable data, CleanOptions clean, TrainerNeeds needs, FeatureOptions? options = null) =>
        new Cleaned(data.Table, clean).Fit(data.Target, needs, data.TrainingRows, options);

    private static float[][] Rows(FeatureSet features, IReadOnlyList<int> rows) => [.. Enumerable.Range(0, features.Count).Select(feature => rows.Select(row => features.Column(feature)[row]).ToArray())];

    [TestCaseSource(nameof(Trainers))]
    public void Emit_raw_rows_give_what_Apply_gives(LearningTask task, CleanOptions clean, TrainerNeeds needs)
    {
        var data = new AwkwardTable(task);
        var fitted = Fit(data, clean, needs).Fitted;
        var applied = fitted.Apply(data.Table);
        var graph = new Graph();
        graph.Output("features", fitted.Emit(GraphRun.Inputs(graph, data.Table)));
        var emitted = (float[])GraphRun.Run(graph, data.Table)["features"];
        Assert.That(emitted, Has.Length.EqualTo(applied.RowCount * applied.Count));
        for (var feature = 0; feature < applied.Count; feature++)
        {
            var column = Enumerable.Range(0, applied.RowCount).Select(row => emitted[row * applied.Count + feature]).ToArray();
            Assert.That(column, Is.EqualTo(applied.Column(feature).ToArray()), applied.Features[feature].Name);
        }

        Assert.That(graph.Inputs.Select(input => input.Name), Is.EquivalentTo(fitted.UsedColumns));
        if (!needs.HandlesMissing) Assert.That(emitted, Has.None.NaN);
    }

    [TestCaseSource(nameof(Trainers))]
    public void Fit_planted_extremes_in_other_rows_move_no_learned_number(LearningTask task, CleanOptions clean, TrainerNeeds needs)
    {
        // Spellings are looked up in all rows, and teach nothing.
        clean = clean with { Formats = false, Spelling = false };
        var (data, poisoned) = (new AwkwardTable(task), new AwkwardTable(task, poisoned: true));
        var (honest, other) = (Fit(data, clean, needs), Fit(poisoned, clean, needs));
        Assert.That(other.Fitted.Features, Is.EqualTo(honest.Fitted.Features));
        Assert.That(Rows(other.Features, data.TrainingRows), Is.EqualTo(Rows(honest.Features, data.TrainingRows)), "what the trainer sees");
        Assert.That(other.TrainingRows.ToArray(), Is.EqualTo(honest.TrainingRows.ToArray()));
        int[] all = [.. Enumerable.Range(0, data.Table.RowCount)];
        Assert.That(Rows(other.Fitted.Apply(data.Table), all), Is.EqualTo(Rows(honest.Fitted.Apply(data.Table), all)), "what is served");
    }

    [Test]
    public void Fit_numbers_are_shared_with_the_table()
    {
        var numbers = new NumberColumn("x", new[] { 1f, 2, 3, float.NaN });
        var fit = new Cleaned(new Table([numbers])).Fit(Cleaned.Alternating(4));
        Assert.That(fit.Features.Memory(0).Equals(numbers.Memory));
    }

    [Test]
    public void Fit_for_trees_few_categories_are_positions_and_many_are_target_means()
    {
        var table = new Table([TextColumn.From("few", [.. Enumerable.Range(0, 600).Select(row => $"{row % 5}x")]), TextColumn.From("many", [.. Enumerable.Range(0, 600).Select(row => $"{row % 300}x")]), new BooleanColumn("b", Enumerable.Range(0, 600).Select(row => (byte)(row / 2 % 2)).ToArray())]);
        var features = new Cleaned(table, KeepAll).Fit(Cleaned.Alternating(600)).Fitted.Features;
        Assert.That(features, Is.EqualTo(new[] { new FeatureInfo("few", FeatureKind.Category, 5), new FeatureInfo("many"), new FeatureInfo("b") }));
    }

    [Test]
    public void Fit_for_others_few_categories_are_columns_and_many_are_target_means()
    {
        var table = new Table([TextColumn.From("few", [.. Enumerable.Range(0, 90).Select(row => $"{row % 3}x")]), TextColumn.From("many", [.. Enumerable.Range(0, 90).Select(row => $"{row % 30}x")])]);
        var features = new Cleaned(table, KeepAll).Fit(Cleaned.Alternating(90), Cleaned.Linear).Fitted.Features;
        Assert.That(features.Select(feature => feature.Name), Is.EqualTo(new[] { "few=0x", "few=1x", "few=2x", "many" }));
        Assert.That(features.Select(feature => feature.Kind), Is.All.EqualTo(FeatureKind.Numeric));
    }

    [Test]
    public void Fit_encoding_of_single_columns_is_as_said()
    {
        var table = new Table([TextColumn.From("a", [.. Enumerable.Range(0, 60).Select(row => $"{row % 3}x")]), TextColumn.From("b", [.. Enumerable.Range(0, 60).Select(row => $"{row % 3}x")])]);
        var options = new FeatureOptions { Encoding = CategoryEncoding.Target, EncodingByColumn = new Dictionary<string, CategoryEncoding> { ["b"] = CategoryEncoding.OneHot } };
        var features = new Cleaned(table, KeepAll).Fit(Cleaned.Alternating(60), options: options).Fitted.Features;
        Assert.That(features.Select(feature => feature.Name), Is.EqualTo(new[] { "a", "b=0x", "b=1x", "b=2x" }));
        Assert.That(features[0].Kind, Is.EqualTo(FeatureKind.Numeric));
    }

    [Test]
    public void Fit_for_trainers_that_want_no_gaps_booleans_get_the_most_frequent_and_numbers_the_median()
    {
        var table = new Table([new BooleanColumn("b", new byte[] { 1, 0, 1, 0, 255 }), new NumberColumn("x", new[] { 1f, 2, 4, 9, float.NaN }), TextColumn.From("t", ["a", null, "a", "b", "b"])]);
        var fit = new Cleaned(table, KeepAll).Fit(Cleaned.Alternating(5), new TrainerNeeds { MaxCategories = 9 });
        Assert.That(Rows(fit.Features, [4, 1]), Is.EqualTo(new float[][] { [0, 0], [3, 2], [1, 0] }));
    }

    [Test]
    public void Fit_scaling_as_said_leaves_positions_of_categories_alone()
    {
        var table = new Table([TextColumn.From("t", [.. Enumerable.Range(0, 60).Select(row => $"{row % 3}x")]), new NumberColumn("x", Enumerable.Range(0, 60).Select(row => row * row + 1000f).ToArray())]);
        var fit = new Cleaned(table, KeepAll).Fit(Cleaned.Alternating(60), options: new FeatureOptions { Scaling = FeatureScaling.Standard });
        Assert.That(fit.Features.Column(0).ToArray().Distinct().Order(), Is.EqualTo(new[] { 0f, 1, 2 }));
        Assert.That(fit.Features.Column(1).ToArray().Average(), Is.Zero.Within(1e-5));
    }

    [Test]
    public void UsedColumns_are_those_that_a_feature_depends_on()
    {
        var random = new SeededRandom(1);
        var table = new Table(
        [
            new NumberColumn("x", Enumerable.Range(0, 60).Select(_ => (float)random.NextNormal()).ToArray()), new NumberColumn("constant", new float[60]), TextColumn.From("note", [.. Enumerable.Range(0, 60).Select(row => $"this is a long note {row}")]),
            TextColumn.From("id", [.. Enumerable.Range(0, 60).Select(row => $"{row}")]), TextColumn.From("kind", [.. Enumerable.Range(0, 60).Select(row => $"{row % 3}x")]), new NumberColumn("weight", new float[60]),
            new DateTimeColumn("day", Enumerable.Repeat(new DateTime(2020, 1, 1), 60).Append(default).Take(60).ToArray()), TextColumn.From("label", [.. Enumerable.Range(0, 60).Select(row => $"{row % 2}")]),
        ]).WithRole("id", ColumnRole.Id).WithRole("label", ColumnRole.Label).WithRole("weight", ColumnRole.Weight);
        var cleaned = new Cleaned(table);
        Assert.That(cleaned.Fit(Cleaned.Alternating(60)).Fitted.UsedColumns, Is.EqualTo(new[] { "x", "kind" }));
        Assert.That(cleaned.Warnings.Single(), Does.StartWith("Column 'note' is left out"));
    }

    [Test]
    public void Fit_tensors_are_an_error() => Fails("MT2213", new Table([new TensorColumn("image", new float[8], 2, 2)]), new FeatureOptions());

    [Test]
    public void Fit_nothing_left_is_an_error() => Fails("MT2211", new Table([new NumberColumn("x", new float[2])]), new FeatureOptions());

    [Test]
    public void Fit_no_row_left_is_an_error() =>
        Fails("MT2212", new Table([new NumberColumn("x", new[] { float.NaN, 1 })]), new FeatureOptions(), KeepAll with { Missing = MissingValues.Drop }, rows: [0]);

    [Test]
    public void Fit_encoding_of_numbers_is_an_error() =>
        Fails("MT2214", new Table([new NumberColumn("x", new[] { 2f, 1 })]), new FeatureOptions { EncodingByColumn = new Dictionary<string, CategoryEncoding> { ["x"] = CategoryEncoding.OneHot } });

    [Test]
    public void Fit_cancelled_ends_between_steps()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var cleaned = new Cleaned(new Table([new NumberColumn("x", new[] { 2f, 1 })]));
        Assert.That(() => new FeaturePlan(new FeatureOptions()).Fit(cleaned.Table, new[] { 0, 1 }, Cleaned.Alternating(2), Cleaned.Trees, cleaned.Context, cancellationToken: source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Validate_reports_all_that_is_wrong()
    {
        var plan = new FeaturePlan(new FeatureOptions { OneHotMaxCategories = 0, OrdinalMaxCategories = 1, TargetSmoothing = double.NaN, TargetFolds = 1, EncodingByColumn = new Dictionary<string, CategoryEncoding> { ["ag"] = CategoryEncoding.OneHot } });
        Assert.That(plan.Validate().Select(problem => problem.Id), Is.EqualTo(new[] { "MT1201", "MT1201", "MT1201", "MT1201" }));
        Assert.That(plan.Validate(Cleaned.TableOf(("age", ["1"])).Schema).Single().Message, Does.Contain("Did you mean 'age'?"));
        Assert.That(new FeaturePlan(new FeatureOptions()).Validate(), Is.Empty);
    }

    private static void Fails(string id, Table table, FeatureOptions options, CleanOptions? clean = null, int[]? rows = null)
    {
        var cleaned = new Cleaned(table, clean ?? KeepAll);
        Assert.That(() => cleaned.Fit(Cleaned.Alternating(table.RowCount), rows: rows, options: options), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo(id));
    }
}
