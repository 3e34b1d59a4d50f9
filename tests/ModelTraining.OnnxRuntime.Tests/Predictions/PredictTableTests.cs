namespace ModelTraining.Tests.Predictions;

internal sealed class PredictTableTests
{
    [Test]
    public void Predict_of_a_table_equals_its_rows_one_by_one_at_any_batch_size_and_number_of_threads([Values(1, 64, 4096)] int batchSize, [Values(1, 3)] int threads, [Values] LearningTask task)
    {
        if (task == LearningTask.MulticlassClassification) task = LearningTask.BinaryClassification;
        var table = Table(1000);
        using var predictor = Shop.Predictor(task, options => options with { BatchSize = batchSize, Threads = threads });
        var all = predictor.Predict(table);
        Assert.That(all, Has.Count.EqualTo(1000));
        for (var row = 0; row < 1000; row += 37)
        {
            var alone = predictor.Predict(table.Columns.ToDictionary(column => column.Name, column => column[row]));
            Assert.That(all[row].Value, Is.EqualTo(alone.Value));
            Assert.That(all[row].Label, Is.EqualTo(alone.Label));
            Assert.That(all[row].Probabilities, Is.EqualTo(alone.Probabilities));
        }
    }

    [Test]
    public void Predict_of_a_table_of_text_parses_it_as_the_model_was_trained()
    {
        using var predictor = Shop.Predictor();
        var table = new Table(
        [
            TextColumn.From("age", ["30,5", "?", null, "1.030"]),
            TextColumn.From("visits", [" 2", "2,000", "NA", "3.0"]),
            TextColumn.From("is-member", ["yes", "F", "", "0"]),
            new NumberColumn("city", new[] { 1.5f, float.NaN, 2, 1.5f }),
            TextColumn.From("since", ["1.1.2000", "2001-01-01", null, "31/12/1999"]),
        ]);
        Assert.That(predictor.Predict(table).Scores.ToArray(), Is.EqualTo(new[] { 31230.5f, 195003.16f, 39449.495f, 31329.99f }).Within(0.02f));
    }

    [Test]
    public void Predict_of_a_table_with_other_types_brings_them_into_form()
    {
        using var predictor = Shop.Predictor();
        var table = new Table(
        [
            new BooleanColumn("age", new byte[] { 1, 0, BooleanColumn.Missing }),
            new NumberColumn("visits", new[] { 2f, 3, float.NaN }),
            new IntegerColumn("is-member", new long[] { 1, 0, IntegerColumn.Missing }),
            new DateTimeColumn("city", new DateTime[3]),
            new DateTimeColumn("since", new[] { Shop.Epoch, Shop.Epoch.AddDays(366), DateTimeColumn.Missing }),
            new TensorColumn("spent", new float[3], 1),
        ]);
        Assert.That(predictor.Predict(table).Scores.ToArray(), Is.EqualTo(new[] { -3799f, -4696.34f, -5550.505f }).Within(0.001f));
    }

    [Test]
    public void Predict_of_a_table_that_does_not_fit_names_column_and_row()
    {
        using var predictor = Shop.Predictor();
        var table = Table(10);
        Assert.That(() => predictor.Predict(table.Without("age")), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2501").And.Message.Contains("'age'"));
        Assert.That(() => predictor.Predict(table.With(new NumberColumn("agee", new float[10]))), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2502").And.Message.Contains("'agee'"));
        Assert.That(predictor.Predict(table.With(new NumberColumn("customer id", new float[10]))), Has.Count.EqualTo(10));
        var wrong = table.With(TextColumn.From("since", [.. Enumerable.Repeat("1.1.2000", 9), "soon"]));
        Assert.That(() => predictor.Predict(wrong), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("Row 9 (counted from 0)").And.Message.Contains("'soon'"));
        var dates = table.With(new DateTimeColumn("age", new[] { DateTimeColumn.Missing, Shop.Epoch }.Concat(new DateTime[8]).ToArray()));
        Assert.That(() => predictor.Predict(dates), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("Row 1 (counted from 0)"));
    }

    [Test]
    public void Predict_parses_no_category_that_no_row_has()
    {
        using var predictor = Shop.Predictor();
        var table = Table(3).With(TextColumn.From("age", ["1", "unknown", "2"])).Take([0, 2]);
        Assert.That(predictor.Predict(table), Has.Count.EqualTo(2));
    }

    [Test]
    public void Predict_of_an_empty_table_gives_no_prediction()
    {
        using var predictor = Shop.Predictor(LearningTask.BinaryClassification);
        var predictions = predictor.Predict(Table(10).Take([]));
        Assert.That(predictions, Is.Empty);
        Assert.That(predictions.Classes, Is.EqualTo(new[] { "nein", "größer" }));
        Assert.That(() => predictions[0], Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Predict_stops_when_it_is_cancelled([Values(1, 2)] int threads)
    {
        using var predictor = Shop.Predictor(configure: options => options with { BatchSize = 16, Threads = threads });
        Assert.That(() => predictor.Predict(Table(1000), new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    internal static Table Table(int rows)
    {
        var random = new SeededRandom(7);
        var numbers = new float[rows];
        var integers = new long[rows];
        var booleans = new byte[rows];
        var cities = new string?[rows];
        var dates = new DateTime[rows];
        for (var row = 0; row < rows; row++)
        {
            numbers[row] = random.Next(5) == 0 ? float.NaN : random.Next(90);
            integers[row] = random.Next(5) == 0 ? IntegerColumn.Missing : random.Next(100);
            booleans[row] = random.Next(5) == 0 ? BooleanColumn.Missing : (byte)random.Next(2);
            cities[row] = random.Next(5) switch { 0 => null, 1 => "Zürich", 2 => " Bern ", 3 => "?", _ => "elsewhere" };
            dates[row] = random.Next(5) == 0 ? DateTimeColumn.Missing : Shop.Epoch.AddHours(random.Next(100000));
        }

        return new Table([new NumberColumn("age", numbers), new IntegerColumn("visits", integers), new BooleanColumn("is-member", booleans), TextColumn.From("city", cities), new DateTimeColumn("since", dates)]);
    }
}
