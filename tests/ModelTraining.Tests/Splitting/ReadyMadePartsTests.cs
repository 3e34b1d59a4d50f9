namespace ModelTraining.Tests;

public class ReadyMadePartsTests
{
    private static readonly string[] Names = ["train", "Training", "validation", "VALID", "val", "Dev", "test", "TEST"];

    [Test]
    public void Split_every_name_in_any_case_is_known()
    {
        var split = Split(Names);
        Assert.That(split.TrainingRows.ToArray(), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(split.ValidationRows.ToArray(), Is.EqualTo(new[] { 2, 3, 4, 5 }));
        Assert.That(split.TestRows.ToArray(), Is.EqualTo(new[] { 6, 7 }));
        Assert.That(split.Stratified, Is.False);
    }

    [Test]
    public void Split_any_draw_follows_the_column([Range(1, 20)] int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var values = Enumerable.Range(0, 200).Select(row => row < Names.Length ? Names[row] : Names[random.Next(Names.Length)]).ToArray();
        var split = Split(values);
        Assert.That(split.TrainingRows.ToArray(), Is.EqualTo(Rows(values, "tr")), $"seed {seed}");
        Assert.That(split.ValidationRows.ToArray(), Is.EqualTo(Rows(values, "va").Concat(Rows(values, "de")).Order()), $"seed {seed}");
        Assert.That(split.TestRows.ToArray(), Is.EqualTo(Rows(values, "te")), $"seed {seed}");
    }

    [Test]
    public void Split_without_validation_rows_is_fine() => Assert.That(Split(["train", "train", "test"]).ValidationRows.Length, Is.Zero);

    [TestCase("holdout", "Column 'part', which the 'PartColumn' option of Split names, has 'holdout' in row 3. Write train, validation or test.")]
    [TestCase(null, "Column 'part', which the 'PartColumn' option of Split names, has no value in row 3. Write train, validation or test.")]
    public void Split_unknown_value_is_named_with_its_row(string? value, string message) => Error("MT2318", message, TextColumn.From("part", ["train", "test", value, "other"]));

    [Test]
    public void Split_row_is_that_of_the_source()
    {
        var table = new Table([TextColumn.From("part", ["train", "train", "test", "holdout"])]).Take([0, 2, 3]);
        Assert.That(Assert.Throws<ModelTrainingException>(() => ReadyMadeParts.Split(table, "part"))!.Message, Does.Contain("'holdout' in row 4."));
    }

    [Test]
    public void Split_numbers_are_an_error() => Error("MT2317",
        "Column 'part', which the 'PartColumn' option of Split names, is of type Integer. Name a text column of train, validation and test.", new IntegerColumn("part", new long[] { 0, 1, 2 }));

    [TestCase("train", "train", "val", 2, 0)]
    [TestCase("train", "test", "val", 1, 1)]
    public void Split_part_without_enough_rows_is_an_error(string a, string b, string c, int training, int test) => Error("MT2319",
        $"Column 'part', which the 'PartColumn' option of Split names, has {training} training rows and {test} test rows: at least 2 and 1 are needed. Name more rows train or test.", TextColumn.From("part", [a, b, c]));

    [Test]
    public async Task RunAsync_by_column_follows_it_and_does_not_learn_from_it()
    {
        var lines = Pipelines.Given.ShopCsv().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var csv = string.Join('\n', lines.Select((line, i) => $"{(i == 0 ? "part" : i % 5 == 0 ? "Test" : i % 5 == 1 ? "val" : "train")},{line}"));
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(Csv.Text(csv, label: "returns", o => o with { Ids = ["customer"] })).Clean()
            .Split(o => o with { PartColumn = "part" }).Train(Pipelines.Given.SmallTrees).Evaluate().Export(folder.File("shop.onnx")).RunAsync();

        Assert.That((run.Split.TrainingRows.Length, run.Split.ValidationRows.Length, run.Split.TestRows.Length), Is.EqualTo((360, 120, 120)));
        Assert.That(run.Split.TestRows.ToArray(), Is.EqualTo(Enumerable.Range(0, 600).Where(row => (row + 1) % 5 == 0)));
        Assert.That(run.Table.Schema["part"].Role, Is.EqualTo(ColumnRole.Ignored));
        Assert.That(run.Model.Features.Select(feature => feature.Name), Has.None.StartsWith("part"));
        Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.85));
    }

    [Test]
    public async Task RunAsync_class_without_training_rows_is_warned_of()
    {
        var csv = "part,x,y\n" + string.Concat(Enumerable.Range(0, 60).Select(row => $"{(row < 40 ? "train" : "test")},{row * 7 % 11},{(row < 40 ? "ab"[row % 2] : 'c')}\n"));
        var run = await Pipeline.From(Csv.Text(csv, label: "y")).Split(o => o with { PartColumn = "part" }).Train(Baselines.Constant()).RunAsync();
        Assert.That(run.Warnings, Has.Some.EqualTo("Of label 'y', class 'c' has no training row: it will not be learned."));
    }

    private static int[] Rows(string[] values, string start) => [.. Enumerable.Range(0, values.Length).Where(row => values[row].StartsWith(start, StringComparison.OrdinalIgnoreCase))];

    private static DataSplit Split(string?[] values) => ReadyMadeParts.Split(new Table([TextColumn.From("part", values)]), "part");

    private static void Error(string id, string message, Column column) =>
        Assert.That(Assert.Throws<ModelTrainingException>(() => ReadyMadeParts.Split(new Table([column]), "part"))!.Problems, Is.EqualTo(new[] { new Problem(id, message) }));
}
