using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Export;

internal sealed class ExportTests
{
    [Test]
    public async Task Export_model_asksForTheRawColumnsItNeedsAndSaysWhatItIs()
    {
        var run = await Given.ShopPipeline().Train(Given.SmallTrees).Evaluate().RunAsync();
        using var folder = new TemporaryFolder();

        var exported = run.Export(folder.File("deep/er/shop.onnx"));

        using var predictor = Predictor.Load(exported.Path);
        var manifest = predictor.Manifest;
        Assert.Multiple(() =>
        {
            Assert.That(manifest.Inputs.Select(input => input.Name), Is.SubsetOf(new[] { "age", "spent", "plan", "since", "member" }).And.Contains("plan").And.Contains("spent"));
            Assert.That(manifest.OtherColumns, Does.Contain("customer").And.Contain("returns"));
            Assert.That(manifest.Classes, Is.EqualTo(new[] { "no", "yes" }));
            Assert.That(manifest.Metrics["roc_auc"], Is.EqualTo(run.Evaluation["roc_auc"]));
            Assert.That(manifest.DataFingerprint, Has.Length.EqualTo(32));
            Assert.That(manifest.LibraryVersion, Does.StartWith("0."));
            Assert.That(Directory.GetFiles(folder.File("deep/er")), Is.EqualTo(new[] { exported.Path }));
        });
    }

    [Test]
    public async Task Export_predictor_givesTheTrainersOwnPredictionsForRawRows()
    {
        var run = await Given.ShopPipeline().Train(Given.SmallTrees).RunAsync();
        using var predictor = run.CreatePredictor();

        var prediction = predictor.Predict(new Dictionary<string, object?>
        {
            ["customer"] = "c99999", ["age"] = "71", ["spent"] = 480.5, ["plan"] = " Premium ", ["since"] = "2019-04-01", ["member"] = true,
        });
        var unknown = predictor.Predict(new Dictionary<string, object?> { ["age"] = null, ["spent"] = 20, ["plan"] = "no such plan", ["since"] = null, ["member"] = null });

        Assert.Multiple(() =>
        {
            Assert.That(prediction.Label, Is.EqualTo("yes"));
            Assert.That(prediction.Probability, Is.GreaterThan(0.8));
            Assert.That(unknown.Label, Is.EqualTo("no"));
        });
    }

    [Test]
    public async Task Export_modelThatDiffersFromItsGraph_isRefusedAndTheEarlierFileStays()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("shop.onnx");
        await File.WriteAllTextAsync(path, "the earlier one");
        var pipeline = Given.ShopPipeline().Train(new FunctionTrainer((data, _, _) => new TwoFacedModel
        {
            Trainer = "Two-faced", Features = data.Features.Features, Task = data.Target.Task, Classes = data.Target.Classes,
        })).Export(path);

        var error = Assert.ThrowsAsync<ModelTrainingException>(() => pipeline.RunAsync());

        Assert.Multiple(() =>
        {
            Assert.That(error!.Id, Is.EqualTo("MT3003"));
            Assert.That(error.Message, Does.Contain("row").And.Contain("Export, ExportTests.cs:"));
            Assert.That(File.ReadAllText(path), Is.EqualTo("the earlier one"));
            Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(1));
        });
    }

    [Test]
    public async Task Export_rowsChangedByAStageOutsideTheModel_isComparedOnTheRowsItLeft()
    {
        var doubled = new FunctionStage("Double", (table, _) =>
        {
            var spent = new float[table.RowCount];
            table["spent"].CopyTo(spent);
            return table.With(new NumberColumn("spent", Array.ConvertAll(spent, value => value * 2)));
        });
        using var folder = new TemporaryFolder();

        var run = await Pipeline.From(Given.Shop()).Use(doubled).Clean().Split().Train(Given.SmallTrees).Export(folder.File("shop.onnx")).RunAsync();

        Assert.That(run.Exports.Single().Parity.Rows, Is.EqualTo(run.Split.TestRows.Length));
    }

    [Test]
    public async Task Export_pathThatCannotBeWritten_isAnErrorWithThePath()
    {
        var run = await Given.ShopPipeline().Train(Given.SmallTrees).RunAsync();
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("file"), "");

        var error = Assert.Throws<ModelTrainingException>(() => run.Export(folder.File("file/shop.onnx")));

        Assert.That(error!.Message, Does.Contain("MT4001").And.Contain("shop.onnx"));
    }

    [Test]
    public void Fingerprint_changedValue_changes()
    {
        var table = new Table([new NumberColumn("x", new float[] { 1, 2 }), TextColumn.From("t", ["a", null])]);

        var same = new Table([new NumberColumn("x", new float[] { 1, 2 }), TextColumn.From("t", ["a", null])]);
        var other = new Table([new NumberColumn("x", new float[] { 1, 3 }), TextColumn.From("t", ["a", null])]);

        Assert.That(DataFingerprint.Of(table), Is.EqualTo(DataFingerprint.Of(same)).And.Not.EqualTo(DataFingerprint.Of(other)));
    }
}
