using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Slices;

internal sealed class SliceTests
{
    [Test]
    public void Of_text_is_a_slice_a_value_the_most_frequent_first()
    {
        var column = TextColumn.From("t", ["b", "a", null, "b", "b", "a", "c"]);
        var slices = ColumnSlices.Of(column, [6, 5, 4, 3, 2, 1]);
        Assert.That(slices.Select(slice => slice.Value), Is.EqualTo(new[] { "a", "b", "c", "(missing)" }));
        Assert.That(slices[0].Rows, Is.EqualTo(new[] { 1, 5 }), "positions in the list of rows");
        Assert.That(slices[3].Rows, Is.EqualTo(new[] { 4 }));
    }

    [Test]
    public void Of_text_of_many_values_joins_the_rare_ones()
    {
        var column = TextColumn.From("t", [.. Enumerable.Range(0, 100).Select(i => i < 60 ? "often" : $"v{i}")]);
        var slices = ColumnSlices.Of(column, [.. Enumerable.Range(0, 100)]);
        Assert.That(slices, Has.Count.EqualTo(20));
        Assert.That(slices[0].Value, Is.EqualTo("often"));
        Assert.That(slices[^1].Value, Is.EqualTo("(other)"));
        Assert.That(slices.SelectMany(slice => slice.Rows).Order(), Is.EqualTo(Enumerable.Range(0, 100)));
    }

    [Test]
    public void Of_few_numbers_is_a_slice_a_number()
    {
        var slices = ColumnSlices.Of(new IntegerColumn("n", new long[] { 3, 1, 3, IntegerColumn.Missing, 2 }), [0, 1, 2, 3, 4]);
        Assert.That(slices.Select(slice => (slice.Value, slice.Rows.Length)), Is.EqualTo(new[] { ("1", 1), ("2", 1), ("3", 2), ("(missing)", 1) }));
    }

    [Test]
    public void Of_many_numbers_is_by_quarters()
    {
        var slices = ColumnSlices.Of(new NumberColumn("x", Enumerable.Range(0, 100).Select(i => i == 50 ? float.NaN : i).ToArray()), [.. Enumerable.Range(0, 100)]);
        Assert.That(slices.Select(slice => slice.Value), Is.EqualTo(new[] { "0 to below 24", "24 to below 49", "49 to below 75", "75 to 99", "(missing)" }));
        Assert.That(slices.Select(slice => slice.Rows.Length), Is.EqualTo(new[] { 24, 25, 25, 25, 1 }));
    }

    [Test]
    public void Of_numbers_that_are_mostly_one_value_has_no_empty_slice()
    {
        var slices = ColumnSlices.Of(new NumberColumn("x", Enumerable.Range(0, 100).Select(i => i < 80 ? 0f : i).ToArray()), [.. Enumerable.Range(0, 100)]);
        Assert.That(slices.Select(slice => slice.Rows.Length), Is.EqualTo(new[] { 100 }).Or.All.Positive);
        Assert.That(slices.SelectMany(slice => slice.Rows).Order(), Is.EqualTo(Enumerable.Range(0, 100)));
    }

    [Test]
    public void Of_dates_and_booleans_has_words_for_them()
    {
        var dates = ColumnSlices.Of(new DateTimeColumn("d", Enumerable.Range(0, 40).Select(i => new DateTime(2020, 1, 1).AddDays(i)).ToArray()), [.. Enumerable.Range(0, 40)]);
        Assert.That(dates[0].Value, Is.EqualTo("2020-01-01 to below 2020-01-11"));
        var booleans = ColumnSlices.Of(new BooleanColumn("b", new byte[] { 1, 0, 1, BooleanColumn.Missing }), [0, 1, 2, 3]);
        Assert.That(booleans.Select(slice => slice.Value), Is.EqualTo(new[] { "true", "false", "(missing)" }));
    }

    [Test]
    public async Task Slices_of_a_run_are_measured_on_their_rows_and_shown_worst_first()
    {
        var run = await Given.ShopPipeline(1200).Train(Given.SmallTrees).Evaluate(options => options with { Slices = ["plan", "customer", "age"] }).RunAsync();

        var slices = run.Evaluation.Slices;
        var plans = slices.Where(slice => slice.Column == "plan").ToList();
        var basic = plans.Single(slice => slice.Value == "basic");
        var source = (TextColumn)run.Source["plan"];
        int[] rows = [.. run.Split.TestRows.ToArray().Where(row => source.Text(run.Table.Origin(row)) == "basic")];
        var outputs = new float[2 * rows.Length];
        run.Model.Predict(run.Exporter!.Data.Features, rows, outputs);
        var state = Metrics.AreaUnderRocCurve.Start(2);
        state.Update(new PredictionBatch([.. rows.Select(row => run.Target.Values[row])], outputs));
        Assert.Multiple(() =>
        {
            Assert.That(plans.Sum(slice => slice.RowCount), Is.EqualTo(run.Evaluation.RowCount));
            Assert.That(basic.RowCount, Is.EqualTo(rows.Length));
            Assert.That(basic.Metrics["roc_auc"], Is.EqualTo(state.Compute()));
            Assert.That(basic.Metrics["roc_auc"], Is.InRange(basic.Interval!.Value.Low, basic.Interval.Value.High));
            Assert.That(slices.Select(slice => slice.Metrics["roc_auc"]), Is.Ordered);
            Assert.That(slices.Single(slice => slice.Column == "customer").Value, Is.EqualTo("(other)"), "each customer has one row, which is too few");
            Assert.That(run.ToString(), Does.Contain("worst slices by roc_auc").And.Contain($"{slices[0].Column} = {slices[0].Value}"));
            Assert.That(run.ToHtml(), Does.Contain("Slice by slice").And.Contain("fewer than 20 rows"));
            Assert.That(run.ToMarkdown(), Does.Contain("### Slice by slice"));
        });
    }

    [Test]
    public async Task Slices_rows_made_by_a_stage_of_ones_own_are_sliced_as_it_left_them()
    {
        var twice = new FunctionStage("Twice", (table, _) => new Table(table.Take([.. Enumerable.Range(0, table.RowCount), .. Enumerable.Range(0, table.RowCount)]).Columns, table.Schema));

        var run = await Pipeline.From(Given.Shop()).Use(twice).Split().Train(Given.SmallTrees).Evaluate(options => options with { Slices = ["plan"] }).RunAsync();

        Assert.That(run.Table.RowCount, Is.EqualTo(2 * run.Source.RowCount));
        Assert.That(run.Evaluation.Slices.Sum(slice => slice.RowCount), Is.EqualTo(run.Evaluation.RowCount));
    }

    /// <summary>Before and after Features is said, with rows in another order than the source's, and beside a column of the source.</summary>
    [Test]
    public async Task Slices_by_a_column_that_a_function_computes_are_measured_on_their_rows()
    {
        var run = await Given.ShopPipeline(1200).Features(o => o with { Add = [Feature.Of("ageband", row => row.Number("age") < 40 ? "young" : "old")] })
            .Train(Given.SmallTrees).Evaluate(options => options with { Slices = ["ageband", "plan"] }).RunAsync();
        var young = run.Evaluation.Slices.Single(slice => slice is { Column: "ageband", Value: "young" });
        var ages = run.Source["age"];
        Assert.That(young.RowCount, Is.EqualTo(run.Split.TestRows.ToArray().Count(row => Convert.ToDouble(ages[run.Table.Origin(row)] ?? double.NaN, System.Globalization.CultureInfo.InvariantCulture) < 40)));
        Assert.That(run.Evaluation.Slices.Where(slice => slice.Column == "ageband").Sum(slice => slice.RowCount), Is.EqualTo(run.Evaluation.RowCount));
        var error = Assert.ThrowsAsync<ModelTrainingException>(() => Given.ShopPipeline().Features(o => o with { Add = [Feature.Of("ageband", row => "old")] }).Train(Given.SmallTrees).Evaluate(options => options with { Slices = ["agebnd"] }).RunAsync())!;
        Assert.That(error.Message, Does.Contain("MT1329").And.Contain("'ageband'"));
    }

    [Test]
    public void Slices_unknown_column_is_an_error_before_any_stage_works()
    {
        AssertError("MT1329", "'plam'", "'plan'", options => options with { Slices = ["plam"] });
        AssertError("MT1329", "'plan' twice", "once", options => options with { Slices = ["plan", "plan"] });
        AssertError("MT1329", "null", "name columns", options => options with { Slices = null! });
        AssertError("MT1330", "at least 1", "Got 0", options => options with { MinSliceRows = 0 });
    }

    private static void AssertError(string id, string what, string fix, Func<EvaluateOptions, EvaluateOptions> options)
    {
        var error = Assert.ThrowsAsync<ModelTrainingException>(() => Given.ShopPipeline().Train(Given.SmallTrees).Evaluate(options).RunAsync())!;
        Assert.That(error.Id, Is.EqualTo(id));
        Assert.That(error.Message, Does.Contain(what).And.Contain(fix).And.Contain("Evaluate, SliceTests.cs:"));
    }
}
