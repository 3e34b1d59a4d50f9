namespace ModelTraining.Tests.Predictions;

internal sealed class PredictObjectTests
{
    private sealed record Customer(float? Age, int Visits, bool IsMember, string? City, DateTime Since)
    {
        public string Note { get; init; } = "not a column";

        public int this[int index] => index;
    }

    private readonly record struct Slim(double Age, long Visits, bool? Is_Member, string City, DateOnly Since);

    private sealed record Twofold(float Age, float AGE, int Visits, bool IsMember, string City, DateTime Since);

    private sealed record Mistyped(float Aeg, int Visits, bool IsMember, string City, DateTime Since);

    private sealed class Wide
    {
        public double? Age { get; init; } = 30;

        public long? Visits { get; init; }

        public string? IsMember { get; init; }

        public object? City { get; init; }

        public decimal Since { get; init; } = 1;
    }

    [Test]
    public void Predict_of_a_record_reads_the_properties()
    {
        using var predictor = Shop.Predictor();
        var customer = new Customer(30, 2, true, "Bern", Shop.Epoch);
        Assert.That(predictor.Predict(customer).Value, Is.EqualTo(11230));
        Assert.That(predictor.Predict(customer with { Age = null }).Value, Is.EqualTo(11199.5f));
        Assert.That(predictor.Predict(customer with { City = null }).Value, Is.EqualTo(-3770));
    }

    [Test]
    public void Predict_of_a_struct_and_of_an_anonymous_type_reads_the_properties()
    {
        using var predictor = Shop.Predictor();
        Assert.That(predictor.Predict(new Slim(30, 2, null, "Zürich", new DateOnly(2000, 1, 1))).Value, Is.EqualTo(19730));
        Assert.That(predictor.Predict(new { age = "30,5", visits = "2", ismember = "yes", city = " Bern", since = "1.1.2000" }).Value, Is.EqualTo(11230.5f));
    }

    [Test]
    public void Predict_of_objects_that_do_not_fit_says_why()
    {
        using var predictor = Shop.Predictor();
        Assert.That(() => predictor.Predict(new Mistyped(1, 2, true, "", default)), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2501").And.Message.Contains("'age'").And.Message.Contains("'Aeg'"));
        Assert.That(() => predictor.Predict(new Twofold(1, 1, 2, true, "", default)), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2504"));
        Assert.That(() => predictor.Predict(new Wide()), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2503").And.Message.Contains("'since'"));
        Assert.That(() => predictor.Predict<Customer>((Customer)null!), Throws.ArgumentNullException);
        Assert.That(() => predictor.Predict(new Dictionary<string, string> { ["age"] = "1" }), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2506"));
    }

    [Test]
    public void Predict_of_a_dictionary_in_any_guise_is_by_column_name()
    {
        using var predictor = Shop.Predictor();
        IReadOnlyDictionary<string, object?> readOnly = Shop.Row();
        IEnumerable<Dictionary<string, object?>> many = [Shop.Row(), Shop.Row(("age", 31))];
        Assert.That(predictor.Predict(Shop.Row()).Value, Is.EqualTo(11230));
        Assert.That(predictor.Predict(readOnly).Value, Is.EqualTo(11230));
        Assert.That(predictor.Predict(new SortedDictionary<string, object?>(Shop.Row())).Value, Is.EqualTo(11230));
        Assert.That(predictor.Predict(many).Select(prediction => prediction.Value), Is.EqualTo(new float?[] { 11230, 11231 }));
    }

    [Test]
    public void Predict_of_many_objects_keeps_their_order_and_names_the_wrong_one()
    {
        using var predictor = Shop.Predictor(configure: options => options with { BatchSize = 7 });
        var customers = Enumerable.Range(0, 100).Select(i => new Customer(i, 0, false, "Bern", Shop.Epoch));
        Assert.That(predictor.Predict(customers).Select(prediction => prediction.Value), Is.EqualTo(Enumerable.Range(0, 100).Select(i => (float?)(10000 + i))));
        var rows = Enumerable.Range(0, 20).Select(i => Shop.Row(("age", i == 17 ? "old" : i))).ToList();
        Assert.That(() => predictor.Predict(rows), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("Row 17 (counted from 0)").And.Message.Contains("'old'"));
        Assert.That(predictor.Predict(Array.Empty<Customer>()), Is.Empty);
    }
}
