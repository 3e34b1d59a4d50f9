using ModelTraining.Tests.Conformance;
using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Data;

/// <summary>What a source calls missing is missing in rows that come later, in managed code, in the graph and in the predictor.</summary>
public class MissingMarkerTests
{
    private static readonly TextFormat Marked = TextFormat.Invariant with { MissingMarkers = ["-999", "none", "1900-01-01", "0"] };

    private static Table Served()
    {
        var table = new Table([
            new NumberColumn("number", new[] { -999f, -998, float.NaN, 0 }),
            new IntegerColumn("whole", new[] { -999L, 5, IntegerColumn.Missing, 0 }),
            new BooleanColumn("flag", new byte[] { 0, 1, BooleanColumn.Missing, 1 }),
            TextColumn.From("text", ["none", "None", null, "-999"]),
            new DateTimeColumn("day", new[] { new DateTime(1900, 1, 1), new DateTime(1900, 1, 2), DateTimeColumn.Missing, new DateTime(2020, 1, 1) }),
            new NumberColumn("plain", new[] { -999f, 0, 1, 2 }),
        ]);
        foreach (var name in new[] { "number", "whole", "flag", "text", "day" }) table = table.WithFormat(name, Marked);
        return table;
    }

    [Test]
    public void Apply_markers_of_each_type_become_missing()
    {
        var table = Served();
        var applied = MissingMarkerRepair.For(table.Schema)!.Apply(table);
        Assert.That(applied.Values("number"), Is.EqualTo(new object?[] { null, -998f, null, null }));
        Assert.That(applied.Values("whole"), Is.EqualTo(new object?[] { null, 5L, null, null }));
        Assert.That(applied.Values("flag"), Is.EqualTo(new object?[] { null, true, null, true }));
        Assert.That(applied.Values("text"), Is.EqualTo(new object?[] { null, "None", null, null }));
        Assert.That(applied.Values("day"), Is.EqualTo(new object?[] { null, new DateTime(1900, 1, 2), null, new DateTime(2020, 1, 1) }));
        Assert.That(applied["plain"], Is.SameAs(table["plain"]));
    }

    [Test]
    public void Emit_every_row_gives_what_Apply_gives()
    {
        var table = Served();
        var repair = MissingMarkerRepair.For(table.Schema)!;
        var applied = repair.Apply(table);
        var emitted = GraphRun.Run(table, repair.Emit);
        foreach (var column in applied.Columns) Assert.That(emitted[column.Name], Is.EqualTo(Same.Values(column)), column.Name);
    }

    [Test]
    public async Task Predict_what_the_source_does_not_call_missing_is_a_value_in_cleaning_and_when_served()
    {
        var text = "country,noise,visits\n" + string.Concat(Enumerable.Range(0, 300).Select(row => $"{(row % 3) switch { 0 => "NA", 1 => "DE", _ => "" }},{row * 7919 % 101},{(row % 3) switch { 0 => "often", 1 => "never", _ => row % 2 == 0 ? "often" : "never" }}\n"));
        foreach (var isMissing in new[] { false, true })
        {
            var run = await Pipeline.From(Csv.Text(text, label: "visits", o => o with { DefaultMissingMarkers = isMissing })).Clean(o => o with { Duplicates = DuplicateRows.Keep }).Split().Train(Given.SmallTrees).Evaluate().RunAsync();
            Assert.That(run.Table["country"].MissingCount, Is.EqualTo(isMissing ? 200 : 100));
            using var folder = new TemporaryFolder();
            Assert.That(run.Export(folder.File("visits.onnx")).Parity.LargestDifference, Is.LessThan(1e-6));
            using var predictor = Predictor.Load(folder.File("visits.onnx"));
            Assert.That(predictor.Schema["country"].Format.WithoutDefaultMissingMarkers, Is.EqualTo(!isMissing));
            var (namibia, missing, blank) = (Often("NA"), Often(null), Often(" "));
            Assert.That(blank, Is.EqualTo(missing));
            Assert.That(namibia, isMissing ? Is.EqualTo(missing) : Is.GreaterThan(0.9f));

            float Often(string? country) => predictor.Predict(new Dictionary<string, object?> { ["country"] = country, ["noise"] = 5 })["often"];
        }
    }

    [Test]
    public void For_schema_without_markers_is_none() => Assert.That(MissingMarkerRepair.For(new Table([new NumberColumn("x", new[] { 1f })]).Schema), Is.Null);

    [Test]
    public async Task Predict_marker_in_a_served_row_is_missing()
    {
        // Who comes back has no age on record, so that a missing age decides; -999 as a number would be the youngest of all.
        var random = new SeededRandom(3);
        var plans = new[] { "-", "basic", "family" };
        var text = "age,plan,returns\n" + string.Concat(Enumerable.Range(0, 400).Select(row => row % 2 == 0
            ? $"{(row % 4 == 0 ? "-999" : "n.a.")},{plans[random.Next(3)]},yes\n"
            : $"{20 + random.Next(50)},{plans[random.Next(3)]},no\n"));
        var run = await Pipeline.From(Csv.Text(text, label: "returns", o => o with { MissingMarkers = ["-999", "n.a.", "-"] }))
            .Clean(o => o with { Duplicates = DuplicateRows.Keep, Keep = ["age", "plan"] }).Split().Train(Given.SmallTrees).Evaluate().RunAsync();
        using var predictor = run.CreatePredictor();
        Assert.That(predictor.Manifest.Inputs[0].Format.MissingMarkers, Is.EqualTo(new[] { "-999", "n.a.", "-" }));

        var expected = Probability(null);
        Assert.That(expected, Is.GreaterThan(0.8));
        foreach (var age in new object?[] { -999, -999f, "-999", " n.a. ", "-" }) Assert.That(Probability(age), Is.EqualTo(expected), $"{age}");
        Assert.That(Probability(30), Is.LessThan(0.2));
        var table = predictor.Predict(new Table([TextColumn.From("age", ["n.a.", "-999", "30"]), TextColumn.From("plan", ["-", "basic", "basic"])]));
        Assert.That(table.Select(prediction => prediction.Label), Is.EqualTo(new[] { "yes", "yes", "no" }));

        double Probability(object? age) => predictor.Predict(new Dictionary<string, object?> { ["age"] = age, ["plan"] = "-" }).Probabilities[1];
    }
}
