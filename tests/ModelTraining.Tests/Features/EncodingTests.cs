namespace ModelTraining.Tests.Features;

public class EncodingTests
{
    private static readonly string?[] Training = ["b", "a", "b", "c", "b", "a", null, "d"];

    private static Table Fitted(ITransform transform, out IFittedTransform fitted, params string?[] served)
    {
        var table = new Table([TextColumn.From("t", Training)]);
        fitted = transform.Fit(table.View(Enumerable.Range(0, Training.Length).ToArray()), new FitContext());
        return fitted.Apply(new Table([TextColumn.From("t", served)]));
    }

    [Test]
    public void Ordinal_most_frequent_category_is_0_and_equals_go_by_name()
    {
        var table = Fitted(new OrdinalCategories(["t"], 255), out var fitted, "b", "a", "c", "d", "e", null, "");
        Assert.That(((NumberColumn)table["t"]).Values.ToArray(), Is.EqualTo(new[] { 0f, 1, 2, 3, float.NaN, float.NaN, float.NaN }));
        Assert.That(((IDescribesFeatures)fitted).Features.Single(), Is.EqualTo(new FeatureInfo("t", FeatureKind.Category, 4)));
    }

    [Test]
    public void Ordinal_rare_and_unseen_share_the_last_position()
    {
        var table = Fitted(new OrdinalCategories(["t"], 3), out var fitted, "b", "a", "c", "d", "e", null);
        Assert.That(((NumberColumn)table["t"]).Values.ToArray(), Is.EqualTo(new[] { 0f, 1, 2, 2, 2, float.NaN }));
        Assert.That(((IDescribesFeatures)fitted).Features.Single().Cardinality, Is.EqualTo(3));
    }

    [Test]
    public void Ordinal_nothing_but_missing_is_one_position_that_no_row_has()
    {
        var table = new Table([TextColumn.From("t", [null, ""])]);
        var fitted = new OrdinalCategories(["t"], 255).Fit(table.View(new[] { 0, 1 }), new FitContext());
        Assert.That(((IDescribesFeatures)fitted).Features.Single().Cardinality, Is.EqualTo(1));
        Assert.That(((NumberColumn)fitted.Apply(table)["t"]).Values.ToArray(), Is.All.NaN);
    }

    [Test]
    public void OneHot_columns_are_named_for_their_category()
    {
        var table = Fitted(new OneHot(["t"], 100), out _, "c", "e", null);
        Assert.That(table.Schema.Select(column => column.Name), Is.EqualTo(new[] { "t=b", "t=a", "t=c", "t=d" }));
        Assert.That(table.Columns.Select(column => column[0]), Is.EqualTo(new[] { 0f, 0, 1, 0 }));
        Assert.That(table.Columns.SelectMany(column => new[] { column[1], column[2] }), Is.All.EqualTo(0f));
    }

    [Test]
    public void OneHot_name_that_is_taken_gets_a_number()
    {
        var table = new Table([TextColumn.From("t", ["a"]), new NumberColumn("t=a", new[] { 5f })]);
        var applied = new OneHot(["t"], 10).Fit(table.View(new[] { 0 }), new FitContext()).Apply(table);
        Assert.That(applied.Schema.Select(column => column.Name), Is.EqualTo(new[] { "t=a_2", "t=a" }));
    }

    [Test]
    public void Scaling_gives_mean_0_and_deviation_1_over_training_rows()
    {
        var table = new Table([new NumberColumn("x", new[] { 1f, 2, 3, 4, float.NaN, 1e9f })]);
        var scaled = ((NumberColumn)new StandardScaling(["x"]).Fit(table.View(new[] { 0, 1, 2, 3, 4 }), new FitContext()).Apply(table)["x"]).Values.ToArray();
        Assert.That(scaled[..4].Average(), Is.Zero.Within(1e-6));
        Assert.That(scaled[..4].Average(value => value * value), Is.EqualTo(1).Within(1e-6));
        Assert.That(scaled[4], Is.NaN);
    }

    [Test]
    public void Scaling_constant_column_is_only_shifted()
    {
        var table = new Table([new NumberColumn("x", Enumerable.Repeat(0.1f, 1000).Append(0.3f).ToArray())]);
        var scaled = new StandardScaling(["x"]).Fit(table.View(Enumerable.Range(0, 1000).ToArray()), new FitContext()).Apply(table);
        Assert.That(scaled["x"][0], Is.EqualTo(0f));
        Assert.That(scaled["x"][1000], Is.EqualTo(0.2f).Within(1e-6));
    }

    [Test]
    public void DateParts_are_those_that_vary()
    {
        var table = new Table([new DateTimeColumn("d", new[] { new DateTime(2020, 2, 28), new(2021, 2, 28), DateTimeColumn.Missing, new(2024, 2, 29, 13, 45, 10) })]);
        var whole = new DateParts(["d"]).Fit(table.View(new[] { 0, 1, 2, 3 }), new FitContext()).Apply(table);
        Assert.That(whole.Schema.Select(column => column.Name), Is.EqualTo(new[] { "d_year", "d_day", "d_weekday", "d_hour", "d_minute", "d_days" }));
        Assert.That(whole.Columns.Select(column => column[3]), Is.EqualTo(new[] { 2024f, 29, 4, 13, 45, 19782 }), "a Thursday");
        Assert.That(whole.Columns.All(column => column.IsMissing(2)));
        var days = new DateParts(["d"]).Fit(table.View(new[] { 0, 1, 2 }), new FitContext()).Apply(table);
        Assert.That(days.Schema.Select(column => column.Name), Is.EqualTo(new[] { "d_year", "d_weekday", "d_days" }), "no times in training");
    }
}
