using System.Text.Json;

namespace ModelTraining.Tests.Predictions;

internal sealed class PredictRowTests
{
    private const float Plain = 11230;

    private enum City
    {
        Bern,
        Zürich,
    }

    private static IEnumerable<TestCaseData> Values()
    {
        static TestCaseData Case(string column, object? value, float more) => new TestCaseData(column, value, Plain + more).SetArgDisplayNames(column, value is null ? "null" : $"{value} ({value.GetType().Name})");
        foreach (var number in new object[] { 40f, 40d, 40m, 40, 40L, (short)40, (byte)40, (sbyte)40, (ushort)40, 40u, 40ul, (Half)40, "40", " 40 ", "40,0", "4e1", "€ 40", "(-40)".Replace("-", "").Replace("(", "").Replace(")", "") }) yield return Case("age", number, 10);
        yield return Case("age", "1.040", 1010);
        yield return Case("age", "(40)", -70);
        yield return Case("age", true, -29);
        yield return Case("age", City.Zürich, -29);
        foreach (var missing in new object?[] { null, DBNull.Value, float.NaN, double.NaN, "", "  ", "?", "na", "N/A", "NaN", "NULL", JsonOf("null") }) yield return Case("age", missing, -30.5f);
        foreach (var number in new object[] { 3, 3.0, "3", "+3", "3.0", "3 %", JsonOf("3"), JsonOf("\"3\"") }) yield return Case("visits", number, 100);
        yield return Case("visits", "1,000", 99800);
        yield return Case("visits", long.MinValue, -250);
        foreach (var truth in new object[] { false, 0, 0.0, "no", "F", "False", "0", JsonOf("false") }) yield return Case("is-member", truth, -1000);
        yield return Case("is-member", null, -1500);
        yield return Case("city", "Zürich", 10000);
        yield return Case("city", "  Zürich\t", 10000);
        yield return Case("city", City.Zürich, 10000);
        yield return Case("city", JsonOf("\"Zürich\""), 10000);
        yield return Case("city", 1.5, 20000);
        yield return Case("city", 1.5f, 20000);
        yield return Case("city", 1.5m, 20000);
        yield return Case("city", JsonOf("1.5"), 20000);
        yield return Case("city", 17, 30000);
        yield return Case("city", true, 30000);
        yield return Case("city", 'B', 30000);
        yield return Case("city", new DateTime(2001, 1, 1), 30000);
        yield return Case("city", Guid.Empty, 30000);
        foreach (var missing in new object?[] { null, "", "n/a", double.NaN }) yield return Case("city", missing, -15000);
        foreach (var date in new object[] { new DateTime(2001, 1, 1), new DateTime(2001, 1, 1, 23, 59, 59, DateTimeKind.Utc), new DateOnly(2001, 1, 1), new DateTimeOffset(2001, 1, 1, 1, 0, 0, TimeSpan.FromHours(1)), "01.01.2001", "1/1/2001 12:30", "2001-01-01T12:30:00Z", JsonOf("\"2001-01-01T00:00:00\"") }) yield return Case("since", date, 3.66f);
        foreach (var missing in new object?[] { null, DateTime.MinValue, "?" }) yield return Case("since", missing, -0.005f);
    }

    [TestCaseSource(nameof(Values))]
    public void Predict_brings_values_into_form(string column, object? value, float expected)
    {
        using var predictor = Shop.Predictor();
        Assert.That(predictor.Predict(Shop.Row((column, value))).Value, Is.EqualTo(expected).Within(2e-6f * MathF.Abs(expected)));
    }

    [TestCase("age", "forty", "'forty'")]
    [TestCase("age", "40.5.1", "'40.5.1'")]
    [TestCase("visits", "two", "'two'")]
    [TestCase("is-member", "perhaps", "'perhaps'")]
    [TestCase("is-member", 2, "2 (Int64)")]
    [TestCase("since", "12/31/2001", "'12/31/2001'")]
    [TestCase("since", 5L, "5 (Int64)")]
    [TestCase("since", true, "True (Boolean)")]
    [TestCase("city", new[] { 1 }, "(Int32[])")]
    public void Predict_of_a_value_that_does_not_fit_names_it(string column, object value, string found)
    {
        using var predictor = Shop.Predictor();
        var problem = Assert.Throws<ModelTrainingException>(() => predictor.Predict(Shop.Row((column, value))))!;
        Assert.That(problem.Id, Is.EqualTo("MT2503"));
        Assert.That(problem.Message, Does.Contain($"'{column}'").And.Contain(found));
        Assert.That(predictor.Predict(Shop.Row()).Value, Is.EqualTo(Plain), "the predictor works on");
    }

    [Test]
    public void Predict_of_a_date_for_a_number_names_it()
    {
        using var predictor = Shop.Predictor();
        Assert.That(() => predictor.Predict(Shop.Row(("age", new DateTime(2001, 1, 1)))), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2503"));
    }

    [Test]
    public void Predict_without_a_column_names_the_nearest_one()
    {
        using var predictor = Shop.Predictor();
        var row = Shop.Row();
        row.Remove("age");
        row.Remove("customer id");
        Assert.That(() => predictor.Predict(row), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2501").And.Message.Contains("'age'"));
        row["agee"] = 1;
        Assert.That(() => predictor.Predict(row), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2502").And.Message.Contains("'agee'").And.Message.Contains("mean 'age'"));
    }

    [Test]
    public void Predict_with_a_column_too_many_asks_whether_the_model_knows_it()
    {
        using var predictor = Shop.Predictor();
        Assert.That(predictor.Predict(Shop.Row(("customer id", "A-17"), ("spent", "anything"))).Value, Is.EqualTo(Plain));
        Assert.That(() => predictor.Predict(Shop.Row(("visit", 1))), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2502").And.Message.Contains("mean 'visits'"));
    }

    [Test]
    public void Predict_of_a_classifier_gives_label_and_probabilities()
    {
        using var predictor = Shop.Predictor(LearningTask.BinaryClassification);
        var high = predictor.Predict(Shop.Row());
        var low = predictor.Predict(Shop.Row(("visits", -500)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(high.Label, Is.EqualTo("größer"));
            Assert.That(high.Probability, Is.EqualTo(1 / (1 + Math.Exp(-Plain / 10000))).Within(1e-6));
            Assert.That(high.Probabilities.Sum(), Is.EqualTo(1).Within(1e-6));
            Assert.That(high["größer"], Is.EqualTo(high.Probability));
            Assert.That(high["nein"], Is.EqualTo(1 - high.Probability).Within(1e-6));
            Assert.That(high.Value, Is.Null);
            Assert.That(low.Label, Is.EqualTo("nein"));
            Assert.That(low.Probability, Is.GreaterThan(0.5));
            Assert.That(() => high["Nein!"], Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2505").And.Message.Contains("'nein'"));
        }
    }

    [Test]
    public void Prediction_becomes_JSON_as_it_is()
    {
        using var classifier = Shop.Predictor(LearningTask.BinaryClassification);
        using var regressor = Shop.Predictor();
        Assert.That(JsonSerializer.Serialize(classifier.Predict(Shop.Row())), Does.Match("""^\{"Label":".*","Probability":0\.\d+,"Probabilities":\[0\.\d+,0\.\d+\],"Value":null\}$"""));
        Assert.That(JsonSerializer.Serialize(regressor.Predict(Shop.Row())), Is.EqualTo("""{"Label":null,"Probability":null,"Probabilities":[],"Value":11230}"""));
    }

    [Test]
    public void Predict_of_a_label_that_is_no_class_is_an_error()
    {
        var graph = Shop.Graph(LearningTask.BinaryClassification);
        (Shop.Manifest(LearningTask.BinaryClassification) with { Classes = ["ja", "nein"] }).WriteTo(graph);
        using var predictor = Predictor.Load(ModelTraining.Onnx.OnnxFile.ToBytes(graph));
        Assert.That(() => predictor.Predict(Shop.Row()), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT3121").And.Message.Contains("größer"));
    }

    private static JsonElement JsonOf(string json) => JsonDocument.Parse(json).RootElement;
}
