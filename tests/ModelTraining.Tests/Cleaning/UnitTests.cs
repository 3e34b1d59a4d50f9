using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Cleaning;

public class UnitTests
{
    private static readonly Unit Weight = Unit.Of("weight", ("kg", 1), ("lb", 0.45359237), ("g", 0.001));

    private static float[] Numbers(Cleaned cleaned, string column) => ((NumberColumn)cleaned.Table[column]).Values.ToArray();

    [Test]
    public void Apply_units_become_the_one_of_factor_one()
    {
        var cleaned = new Cleaned(Cleaned.TableOf(("weight", ["70 kg", "154 lb", "70", null, "71.5KG", " 900 g ", "1,200 g", "160 lbs."])), new CleanOptions { Duplicates = DuplicateRows.Keep, Units = [Unit.Of("weight", ("kg", 1), ("lb", 0.45359237), ("lbs", 0.45359237), ("g", 0.001))] });
        Assert.That(Numbers(cleaned, "weight"), Is.EqualTo(new[] { 70, 69.853225f, 70, float.NaN, 71.5f, 0.9f, 1.2f, 72.57478f }).Within(1e-5f));
        var finding = cleaned.Report.Findings.Single(finding => finding.Step == CleanStep.Format);
        Assert.That((finding.Column, finding.Count, finding.What), Is.EqualTo(("weight", 7, "are numbers in kg")));
        Assert.That(finding.Examples.Select(example => example.ToString()), Does.Contain("row 2: '154 lb' -> '69.853226'"));
    }

    [Test]
    public void Apply_several_in_a_row_are_added_up()
    {
        var cleaned = new Cleaned(Cleaned.TableOf(("height", ["5 ft 11 in", "6ft", "5' 11\"", "180 cm", "-1 ft 6 in", "5 ft, 2 in"])), new CleanOptions { Duplicates = DuplicateRows.Keep, Units = [Unit.Of("height", ("cm", 1), ("ft", 30.48), ("in", 2.54), ("'", 30.48), ("\"", 2.54))] });
        Assert.That(Numbers(cleaned, "height"), Is.EqualTo(new[] { 180.34f, 182.88f, 180.34f, 180, -45.72f, 157.48f }).Within(1e-4f));
    }

    [Test]
    public void Apply_decimal_commas_are_found_out() =>
        Assert.That(Numbers(new Cleaned(Cleaned.TableOf(("weight", ["70,5 kg", "80,25 kg", "900 g"])), new CleanOptions { Duplicates = DuplicateRows.Keep, Units = [Weight] }), "weight"), Is.EqualTo(new[] { 70.5f, 80.25f, 0.9f }).Within(1e-5f));

    [Test]
    public void Apply_unknown_unit_is_a_finding_with_its_place()
    {
        var cleaned = new Cleaned(Cleaned.TableOf(("weight", ["70 kg", "11 st", "154 lb", "11 st", "heavy"])), new CleanOptions { Duplicates = DuplicateRows.Keep, Units = [Weight] });
        Assert.That(Numbers(cleaned, "weight")[1..], Is.EqualTo(new[] { float.NaN, 69.853225f, float.NaN, float.NaN }).Within(1e-5f));
        var finding = cleaned.Report.Findings.Single(finding => finding.Step == CleanStep.Unreadable);
        Assert.That((finding.Count, finding.Examples.Count), Is.EqualTo((3, 2)));
        Assert.That(cleaned.Warnings.Single(), Does.Contain("3 of 5 values are in none of its units (kg, lb, g)").And.Contain("'11 st' in row 2").And.Contain("'heavy' in row 5"));
    }

    [Test]
    public void Apply_no_value_in_the_units_fails()
    {
        var failure = Assert.Throws<ModelTrainingException>(() => _ = new Cleaned(Cleaned.TableOf(("weight", ["11 st", "12 st"])), new CleanOptions { Duplicates = DuplicateRows.Keep, Units = [Weight] }))!;
        Assert.That(failure.Id, Is.EqualTo("MT2260"));
        Assert.That(failure.Message, Does.Contain("None of the 2 values of column 'weight'").And.Contain("kg or lb or g").And.Contain("'11 st'").And.Contain("Units"));
    }

    [Test]
    public async Task Predict_served_rows_are_read_in_the_same_units()
    {
        var random = new SeededRandom(5);
        var text = "weight,noise,heavy\n" + string.Concat(Enumerable.Range(0, 400).Select(row =>
        {
            var kilograms = 40 + random.Next(80);
            var written = row % 40 == 7 ? "11 st" : row % 3 == 0 ? FormattableString.Invariant($"{kilograms / 0.45359237:0.0} lb") : row % 3 == 1 ? $"{kilograms} kg" : $"{kilograms}";
            return $"{written},{random.Next(100)},{(kilograms > 80 ? "yes" : "no")}\n";
        }));
        var run = await Pipeline.From(Csv.Text(text, label: "heavy")).Clean(o => o with { Units = [Weight], Keep = ["weight", "noise"] }).Split().Train(Given.SmallTrees).Evaluate().RunAsync();
        using var folder = new TemporaryFolder();
        var exported = run.Export(folder.File("heavy.onnx"));
        Assert.That(exported.Parity.Rows, Is.GreaterThan(50), "raw rows in pounds and in no unit of ours give what training gave");
        using var predictor = Predictor.Load(exported.Path);
        var expected = Probability(100);
        foreach (var weight in new object?[] { "100", "100 kg", "220.46226 lb", "100000 g", 100f, 100.0 }) Assert.That(Probability(weight), Is.EqualTo(expected), $"{weight}");
        Assert.That(Probability("11 st"), Is.EqualTo(Probability(null)), "missing, as it was in training");
        var unknown = Assert.Throws<ModelTrainingException>(() => Probability("7 stone"))!;
        Assert.That(unknown.Id, Is.EqualTo("MT2503"));
        Assert.That(unknown.Message, Does.Contain("takes numbers in kg, lb, g, not '7 stone'. Give one, or null where it is missing."));

        double Probability(object? weight) => predictor.Predict(new Dictionary<string, object?> { ["weight"] = weight, ["noise"] = 50 }).Probabilities[1];
    }

    [Test]
    public async Task Export_row_with_text_among_numbers_gives_what_training_gave()
    {
        var random = new SeededRandom(6);
        var text = "price,heavy\n" + string.Concat(Enumerable.Range(0, 400).Select(row => row % 40 == 7 ? "on request,no\n" : random.Next(300) is var price && price > 150 ? $"{price} €,yes\n" : $"{price} €,no\n"));
        var run = await Pipeline.From(Csv.Text(text, label: "heavy")).Clean(o => o with { Duplicates = DuplicateRows.Keep, Keep = ["price"] }).Split().Train(Given.SmallTrees).RunAsync();
        using var folder = new TemporaryFolder();
        Assert.That(run.Export(folder.File("price.onnx")).Parity.Rows, Is.EqualTo(80));
        using var predictor = run.CreatePredictor();
        Assert.That(predictor.Predict(new Dictionary<string, object?> { ["price"] = " on request " }).Label, Is.EqualTo("no"));
    }
}
