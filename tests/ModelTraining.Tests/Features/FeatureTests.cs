using ModelTraining.Tests.Cleaning;

namespace ModelTraining.Tests.Features;

public class FeatureTests
{
    private static readonly CleanOptions KeepAll = new() { Duplicates = DuplicateRows.Keep };

    private static Table Data { get; } = new Table(
    [
        new NumberColumn("amount_net", Enumerable.Range(0, 60).Select(row => row + 0.5f).ToArray()), new NumberColumn("amount_tax", Enumerable.Range(0, 60).Select(row => row * row % 7f).ToArray()),
        new NumberColumn("same", new float[60]), TextColumn.From("city", [.. Enumerable.Range(0, 60).Select(row => row % 13 == 0 ? null : $"city {row % 9}")]),
        new DateTimeColumn("day", Enumerable.Range(0, 60).Select(row => new DateTime(2024, 1, 1).AddDays(row * 11)).ToArray()), new NumberColumn("owed", Enumerable.Range(0, 60).Select(row => row % 2f).ToArray()),
    ]).WithRole("owed", ColumnRole.Label);

    private static FeatureFit Fit(params Feature[] features) => new Cleaned(Data, KeepAll).Fit(Cleaned.Alternating(60), options: new FeatureOptions { Add = features, DateParts = false });

    private static string[] Names(FeatureFit fit) => [.. fit.Fitted.Features.Select(feature => feature.Name)];

    [Test]
    public void Add_stars_stand_for_columns_of_the_data_of_a_fitting_type() =>
        Assert.That(Names(Fit(Feature.Log("amount_*"), Feature.Log("*tax", "amount_tax"))), Is.EqualTo(new[] { "amount_net", "amount_tax", "city", "log(amount_net)", "log(amount_tax)", "log(amount_tax)_2" }));

    [Test]
    public void Add_a_feature_may_be_made_of_one_before_it() =>
        Assert.That(Names(Fit(Feature.Ratio("amount_net", "amount_tax"), Feature.Log("amount_net/amount_tax"))), Does.Contain("log(amount_net/amount_tax)"));

    [Test]
    public void Add_of_a_column_that_cleaning_took_out_is_left_out_with_a_warning()
    {
        var cleaned = new Cleaned(Data, KeepAll);
        var fit = cleaned.Fit(Cleaned.Alternating(60), options: new FeatureOptions { Add = [Feature.Log("same"), Feature.Log("amount_net")] });
        Assert.That(Names(fit), Does.Contain("log(amount_net)").And.Not.Contain("log(same)"));
        Assert.That(cleaned.Warnings, Has.Some.Contains("Log(same) is left out"));
    }

    [Test]
    public void Hash_is_a_category_where_the_trainer_takes_as_many_and_columns_where_not()
    {
        var trees = Fit(Feature.Hash("city", 5));
        var hashed = trees.Fitted.Features.Single(feature => feature.Name == "hash(city)");
        Assert.That((hashed.Kind, hashed.Cardinality), Is.EqualTo((FeatureKind.Category, Enumerable.Range(0, 9).Select(city => HashedCategories.Bucket($"city {city}", 5)).Distinct().Count())));
        var linear = new Cleaned(Data, KeepAll).Fit(Cleaned.Alternating(60), Cleaned.Linear, options: new FeatureOptions { Add = [Feature.Hash("city", 5)] });
        Assert.That(Names(linear), Has.Some.StartsWith("hash(city)="));
    }

    [Test]
    public void Hash_of_a_text_is_the_same_everywhere() => Assert.That(HashedCategories.Bucket("Zürich", 1 << 16), Is.EqualTo((int)(Fnv("Zürich") % 65536)));

    [Test]
    public void TargetEncoding_stands_beside_the_column() => Assert.That(Names(Fit(Feature.TargetEncoding("city"))), Does.Contain("city").And.Contain("target(city)"));

    [Test]
    public void Validate_reports_all_that_is_wrong()
    {
        var options = new FeatureOptions { Add = [Feature.Log(), Feature.Log(" "), Feature.Bins("a", 1), Feature.Polynomial(["a"], 7), Feature.Hash("a", 1), Feature.Log("a")] };
        Assert.That(options.Validate().Select(problem => problem.Id), Is.EqualTo(new[] { "MT1230", "MT1230", "MT1231", "MT1231", "MT1231" }));
        Assert.That(options.Validate().ElementAt(2).Message, Is.EqualTo("The feature Bins(a) takes bins from 2 to 1000. Got 1."));
    }

    [Test]
    public void Validate_names_that_are_not_there_are_found_before_any_work()
    {
        var options = new FeatureOptions { Add = [Feature.Ratio("amount_ned", "amount_tax"), Feature.Log("amount_*"), Feature.Log("amount_net/amount_tax")] };
        Assert.That(options.Validate(Data.Schema).Single().Message, Is.EqualTo("The feature Ratio(amount_ned, amount_tax) names a column 'amount_ned' that is not there. Did you mean 'amount_net' or 'amount_tax'?"));
    }

    [Test]
    public void Add_of_another_type_is_an_error() => Fails("MT2240", "The feature Log(city) is made of numbers, and column 'city' is of type Text", Feature.Log("city"));

    [Test]
    public void Add_of_the_label_is_an_error() => Fails("MT2241", "column 'owed', whose role is Label", Feature.Ratio("owed", "amount_net"));

    [Test]
    public void Add_of_a_pattern_without_a_match_is_an_error() => Fails("MT2242", "matches 'price*'", Feature.Log("price*"));

    [Test]
    public void Add_of_one_column_is_no_interaction() => Fails("MT2246", "two columns or more", Feature.Interaction("amount_net"));

    [Test]
    public void Add_of_a_column_that_is_not_there_is_an_error() => Fails("MT2001", "amount_net", Feature.Log("amount_ned"));

    [Test]
    public void BoxCox_of_what_is_not_positive_is_an_error() => Fails("MT2243", "Column 'amount_tax' has 0 among its training rows", Feature.BoxCox("amount_tax"));

    [Test]
    public void Polynomial_of_too_many_is_an_error()
    {
        var table = new Table(Enumerable.Range(0, 50).Select(i => new NumberColumn($"x{i}", new[] { i, 1f, 5 })));
        var error = Assert.Throws<ModelTrainingException>(() => Feature.Polynomial([.. Enumerable.Range(0, 50).Select(i => $"x{i}")], 3).Make().Fit(table.View(new[] { 0, 1 }), new FitContext()))!;
        Assert.That((error.Id, error.Message), Is.EqualTo(("MT2244", "MT2244: Products of 50 columns are more than 1000 features. Name fewer columns, or a lower degree.")));
    }

    [Test]
    public void Bins_by_tree_without_a_label_is_an_error() =>
        Assert.That(() => Feature.Bins("amount_net", 4, BinStrategy.Tree).Make().Fit(Data.View(new[] { 0, 1 }), new FitContext()), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2245"));

    private static void Fails(string id, string message, Feature feature)
    {
        var error = Assert.Throws<ModelTrainingException>(() => Fit(feature))!;
        Assert.That(error.Id, Is.EqualTo(id), error.Message);
        Assert.That(error.Message, Does.Contain(message));
    }

    private static uint Fnv(string text) => text.Aggregate(2166136261u, (hash, character) => (hash ^ character) * 16777619u);
}
