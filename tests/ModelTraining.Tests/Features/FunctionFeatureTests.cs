using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Features;

public class FunctionFeatureTests
{
    private const string Header = "weight;height;born;city;sick\n";

    private static readonly Feature Bmi = Feature.Of("bmi", row => row.Number("weight") / Math.Pow(row.Number("height") / 100, 2));
    private static readonly Feature Zone = Feature.Of("zone", row => row.Text("city")?[..1] + (row.Number("bmi") > 26 ? "+" : ""));

    private sealed record Patient(string Weight, float Height, DateTime? Born, string? City);

    private sealed record Measured(string Weight, float Height, string? City, float Bmi, string? Zone, float Year);

    private sealed record Unmeasured(string Weight, float Height, string? City, string? Zone);

    /// <summary>Sick are those of a high index, which no column says. Cities are spelled in two ways, weights have a unit of money now and then, some values are missing.</summary>
    private static IDataSource Patients()
    {
        var random = new SeededRandom(3);
        var text = new System.Text.StringBuilder(Header);
        for (var i = 0; i < 300; i++)
        {
            var (weight, height) = (50 + random.Next(60), 150 + random.Next(50));
            var sick = weight / Math.Pow(height / 100.0, 2) > 26;
            text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{(i % 50 == 7 ? "" : i % 40 == 3 ? $"$ {weight}" : $"{weight}")};{height};19{random.Next(90) + 10}-01-0{(i % 9) + 1};{(i % 3) switch { 0 => "Bern", 1 => "BERN", _ => "Chur" }};{(sick ? "yes" : "no")}");
        }

        return Csv.Text(text.ToString(), label: "sick", o => o with { Ignored = ["born"] });
    }

    private static Task<PipelineRun> Run(params Feature[] features) => Run(null, features);

    private static Task<PipelineRun> Run(string? export, params Feature[] features)
    {
        var pipeline = Pipeline.From(Patients()).Clean().Split(test: 0.3).Features(o => o with { Add = features }).Train(Trees.GradientBoosting(o => o with { Trees = 30 })).Evaluate();
        return (export is null ? pipeline : pipeline.Export(export)).RunAsync();
    }

    [Test]
    public async Task Of_is_learned_from_and_an_input_of_the_exported_model_with_a_warning()
    {
        using var folder = new TemporaryFolder();
        var run = await Run(folder.File("sick.onnx"), Bmi, Zone, Feature.Log("bmi"));
        Assert.That(run.Model.Features.Select(feature => feature.Name), Is.SupersetOf(new[] { "weight", "bmi", "zone", "log(bmi)" }));
        Assert.That(run.Model.Importances[0].Feature, Does.Contain("bmi"));
        Assert.That(run.Warnings, Has.Some.StartsWith("The exported model takes 'bmi', 'zone' as it takes a column: Feature.Of computes it outside of the graph."));
        Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(1e-6));
        using var predictor = Predictor.Load(folder.File("sick.onnx"));
        Assert.That(predictor.Manifest.Inputs.Where(input => input.IsComputed).Select(input => (input.Name, input.Type)), Is.EqualTo(new[] { ("bmi", ColumnType.Number), ("zone", ColumnType.Text) }));
        Assert.That(run.ToHtml(), Does.Contain("Outside of the exported model, by functions of the program that trained it: bmi, zone."));
        Assert.That(run.ToMarkdown(), Does.Contain("[\"bmi\"] = 0.5, // computed as in training"));
    }

    [Test]
    public async Task Predict_a_row_from_a_file_without_the_column_says_who_computes_it()
    {
        using var folder = new TemporaryFolder();
        await Run(folder.File("sick.onnx"), Bmi, Zone);
        using var predictor = Predictor.Load(folder.File("sick.onnx"));
        const string message = "which a function computed in training (Feature.Of): the model's file does not hold it. Compute it in the same way and give it";
        Fails("MT2501", "The row has no column 'bmi', " + message, () => _ = predictor.Predict(new Unmeasured("80", 180, "Bern", "B")));
        Fails("MT2501", "The row has no column 'bmi', " + message, () => _ = predictor.Predict(new Dictionary<string, object?> { ["weight"] = 80, ["height"] = 180, ["city"] = "Bern", ["zone"] = "B" }));
        Fails("MT2501", message, () => _ = predictor.Predict(new Table([new NumberColumn("weight", new float[1]), new NumberColumn("height", new float[1]), TextColumn.From("city", ["Bern"])])));
        Assert.That(predictor.Predict(new Measured("80", 160, "Bern", 80 / (1.6f * 1.6f), "B+", 1980)).Label, Is.EqualTo("yes"));
    }

    [Test]
    public async Task Predict_in_the_process_computes_it_from_any_row()
    {
        var run = await Run(Bmi, Zone, Feature.Of("year", row => row.Date("born")?.Year ?? double.NaN));
        using var predictor = run.CreatePredictor();
        var given = predictor.Predict(new Measured("80", 160, "Bern", 80 / (1.6f * 1.6f), "B+", 1980)).Probabilities;
        Assert.That(predictor.Predict(new Patient(" $ 80 ", 160, new DateTime(1980, 1, 1), "Bern")).Probabilities, Is.EqualTo(given), "an object");
        var row = new Dictionary<string, object?> { ["weight"] = "80", ["height"] = 160, ["born"] = "1980-01-01", ["city"] = System.Text.Json.JsonDocument.Parse("\"Bern\"").RootElement };
        Assert.That(predictor.Predict(row).Probabilities, Is.EqualTo(given), "a dictionary");
        Assert.That(predictor.Predict(new[] { row, row })[1].Probabilities, Is.EqualTo(given), "many dictionaries");
        var table = new Table([TextColumn.From("weight", ["80", "?"]), new IntegerColumn("height", new long[] { 160, 160 }), TextColumn.From("city", ["Bern", null]), new DateTimeColumn("born", new[] { new DateTime(1980, 1, 1), DateTimeColumn.Missing })]);
        Assert.That(predictor.Predict(table)[0].Probabilities, Is.EqualTo(given), "a table");
        Assert.That(predictor.Predict(table)[1].Probabilities, Is.EqualTo(predictor.Predict(new Dictionary<string, object?> { ["weight"] = null, ["height"] = 160, ["born"] = null, ["city"] = "" }).Probabilities), "missing values");
        var whole = predictor.Predict(run.Source);
        Assert.That(Enumerable.Range(0, whole.Count).Count(i => whole[i].Label == (string)run.Source["sick"][i]!), Is.GreaterThan(280));
        row["wait"] = 3;
        Fails("MT2502", "'wait'", () => _ = predictor.Predict(row));
        row.Remove("wait");
        row["weight"] = "heavy";
        Fails("MT2503", "'heavy'", () => _ = predictor.Predict(row));
        row.Remove("weight");
        Fails("MT2501", "'weight'", () => _ = predictor.Predict(row));
        row["weight"] = 80;
        row.Remove("born");
        Fails("MT2001", "A function of a feature reads column 'born', which is not there.", () => _ = predictor.Predict(row));
    }

    [Test]
    public async Task Explain_rows_of_the_process_computes_it()
    {
        var run = await Run(Bmi);
        var rows = run.Table.Take([0, 1]);
        Assert.That(run.ExplainRows(rows.Without("bmi")).Row(1).ToArray(), Is.EqualTo(run.ExplainRows(rows).Row(1).ToArray()));
        Assert.That(run.Explain(o => o with { Repeats = 2 }).Permutations[0].Column, Is.EqualTo("bmi"));
    }

    [Test]
    public async Task Of_sees_values_as_a_caller_gives_them_and_read_as_what_they_are()
    {
        var seen = new List<(string? City, double Weight, DateTime? Born)>();
        var run = await Run(Feature.Of("spy", row =>
        {
            seen.Add((row.Text("city"), row.Number("weight"), row.Date("born")));
            return double.PositiveInfinity;
        }));
        Assert.That(seen, Has.Count.EqualTo(run.Table.RowCount));
        Assert.That(seen.Select(row => row.City).Distinct(), Is.EquivalentTo(new[] { "Bern", "BERN", "Chur" }), "the spelling is the model's own work");
        Assert.That(seen.Count(row => double.IsNaN(row.Weight)), Is.EqualTo(6));
        Assert.That(seen.Min(row => row.Born), Is.LessThan(new DateTime(1925, 1, 1)));
        Assert.That(run.Table["spy"].MissingCount, Is.EqualTo(run.Table.RowCount), "what is infinite is missing");
    }

    [Test]
    public async Task Of_after_a_stage_of_ones_own_sees_what_it_left()
    {
        var stage = new FunctionStage("Double", (table, _) => table.With(new NumberColumn("double", Enumerable.Range(0, table.RowCount).Select(row => table["height"][row] is long height ? height * 2f : 0).ToArray())));
        var run = await Pipeline.From(Patients()).Clean().Use(stage).Split().Features(o => o with { Add = [Feature.Of("half", row => row.Number("double") / 4), Feature.Ratio("double", "height")] }).Train(Trees.GradientBoosting(o => o with { Trees = 5 })).RunAsync();
        Assert.That(run.Table["half"][0], Is.EqualTo((long)run.Table["height"][0]! / 2f));
        Assert.That(run.Model.Features.Select(feature => feature.Name), Does.Contain("double/height"), "a feature may be made of a column that a stage adds");
        Assert.That(run.CreatePredictor().Manifest.Inputs.Select(input => input.Name), Does.Contain("double"));
    }

    [Test]
    public void Validate_a_name_that_no_stage_adds_is_found_once_the_stage_is_done()
    {
        var ran = 0;
        var stage = new FunctionStage("Nothing", (table, _) => { ran++; return table; });
        var pipeline = Pipeline.From(Patients()).Use(stage).Split().Features(o => o with { Add = [Feature.Log("dubble")] }).Train(Trees.GradientBoosting());
        var error = Assert.ThrowsAsync<ModelTrainingException>(() => pipeline.RunAsync())!;
        Assert.That((error.Id, ran), Is.EqualTo(("MT2001", 1)));
        Assert.That(error.Message, Does.Contain("The feature Log(dubble) names a column 'dubble' that is not there.").And.Contain("stage 4 of 6, Features, FunctionFeatureTests.cs"));
    }

    [Test]
    public void Of_a_function_that_fails_is_an_error_with_the_row() =>
        FailsToRun("MT2247", "The function of feature 'first' failed in row 1 of the source: Index was outside the bounds", Feature.Of("first", row => new[] { 1.0 }[(int)row.Number("height")]));

    [Test]
    public void Of_the_label_is_an_error() => FailsToRun("MT2248", "reads column 'sick', whose role is Label", Feature.Of("cheat", row => row.Text("sick")));

    [Test]
    public void Of_another_type_is_an_error() => FailsToRun("MT2249", "reads column 'city', which is of type Text, by FeatureRow.Number. Use Text.", Feature.Of("x", row => row.Number("city")));

    [Test]
    public void Of_a_column_that_is_not_there_is_an_error() => FailsToRun("MT2001", "reads column 'hight', which is not there in row 1 of the source. Did you mean 'height'", Feature.Of("x", row => row.Number("hight")));

    [Test]
    public void Of_a_function_that_stands_later_is_an_error() => FailsToRun("MT2001", "reads column 'bmi', which is not there", Zone, Bmi);

    [Test]
    public void Of_the_name_of_a_column_is_an_error() => FailsToRun("MT1255", "The function 'city' of 'Add' has the name of a column that is there. Give the feature another name.", Feature.Of("city", row => 1));

    [Test]
    public void Of_one_name_twice_is_an_error() => FailsToRun("MT1255", "Two functions of 'Add' are called 'bmi'. Give each feature a name of its own.", Bmi, Bmi);

    private static void FailsToRun(string id, string message, params Feature[] features)
    {
        var error = Assert.ThrowsAsync<ModelTrainingException>(() => Run(features))!;
        Assert.That(error.Id, Is.EqualTo(id), error.Message);
        Assert.That(error.Message, Does.Contain(message));
        Assert.That(error.Message, Does.Contain("FunctionFeatureTests.cs"));
    }

    private static void Fails(string id, string message, Action predict)
    {
        var error = Assert.Throws<ModelTrainingException>(predict)!;
        Assert.That(error.Id, Is.EqualTo(id), error.Message);
        Assert.That(error.Message, Does.Contain(message));
    }
}
