namespace ModelTraining.Tests.Pipelines;

internal sealed class PipelineValidationTests
{
    [Test]
    public void RunAsync_severalWrongOptions_reportsAllWithTheirPlacesBeforeAnythingIsRead()
    {
        var source = new CountingSource(Given.Shop());
        var pipeline = Pipeline.From(source)
            .Use(new FunctionStage("Mine", (table, _) => table, new Problem("MT1999", "Mine is wrong.")))
            .Split(test: 1.2)
            .Train(Given.SmallTrees)
            .Export("model.txt")
            .WithThreads(0);

        var error = Assert.ThrowsAsync<ModelTrainingException>(() => pipeline.RunAsync());

        Assert.Multiple(() =>
        {
            Assert.That(source.Reads, Is.Zero);
            Assert.That(error!.Problems, Has.Count.GreaterThanOrEqualTo(4));
            Assert.That(error.Message, Does.Contain("WithThreads"));
            Assert.That(error.Message, Does.Contain("'Test' option of Split").And.Contain("1.2").And.Contain("(stage 3 of 6, Split, PipelineValidationTests.cs:"));
            Assert.That(error.Message, Does.Contain("Mine is wrong. (stage 2 of 6, Mine, PipelineValidationTests.cs:"));
            Assert.That(error.Message, Does.Contain("model.txt"));
        });
    }

    [Test]
    public void RunAsync_noLabelNamed_saysWhereToNameItBeforeAnyStageWorks()
    {
        var worked = false;
        var pipeline = Pipeline.From(Csv.Text(Given.ShopCsv()))
            .Use(new FunctionStage("Mine", (table, _) => { worked = true; return table; }))
            .Split().Train(Given.SmallTrees);

        var error = Assert.ThrowsAsync<ModelTrainingException>(() => pipeline.RunAsync());

        Assert.Multiple(() =>
        {
            Assert.That(error!.Id, Is.EqualTo("MT2006"));
            Assert.That(error.Message, Does.Contain("label"));
            Assert.That(worked, Is.False);
        });
    }

    [Test]
    public void RunAsync_stageThrows_namesStageAndPlaceAndKeepsTheCause()
    {
        var cause = new InvalidOperationException("no luck");
        var pipeline = Pipeline.From(Given.Shop()).Use(new FunctionStage("Mine", (_, _) => throw cause)).Split().Train(Given.SmallTrees);

        var error = Assert.ThrowsAsync<ModelTrainingException>(() => pipeline.RunAsync());

        Assert.Multiple(() =>
        {
            Assert.That(error!.Id, Is.EqualTo("MT3000"));
            Assert.That(error.Message, Does.Contain("Mine failed: no luck").And.Contain("stage 2 of 5, Mine, PipelineValidationTests.cs:"));
            Assert.That(error.InnerException, Is.SameAs(cause));
        });
    }

    [Test]
    public void RunAsync_sourceWithoutRows_isAnError()
    {
        var error = Assert.ThrowsAsync<ModelTrainingException>(() => Pipeline.From(Records.Of(Array.Empty<Row>(), label: nameof(Row.Y))).Split().Train(Given.SmallTrees).RunAsync());

        Assert.That(error!.Message, Does.Contain("no rows"));
    }

    [TestCase("Pipeline.From(source).Train(trainer)", Description = "no split")]
    [TestCase("Pipeline.From(source).Evaluate()", Description = "no model")]
    [TestCase("Pipeline.From(source).Split().Clean()", Description = "cleaning after the split would reach test rows")]
    [TestCase("Pipeline.From(source).Split().Train(trainer).Split()", Description = "split twice")]
    [TestCase("Pipeline.From(source).Split().Train(trainer).Evaluate().Train(trainer)", Description = "trained twice")]
    [TestCase("Pipeline.From(source).Tune(Tune.GradientBoosting())", Description = "tuned without a part to judge by")]
    [TestCase("Pipeline.From(source).Split().Tune(Tune.GradientBoosting()).Train(trainer)", Description = "trained after it was tuned")]
    public void Compile_wrongOrder_doesNotCompile(string expression)
    {
        var errors = Compiling.Snippet.Errors($"IDataSource source = null!; ITrainer trainer = null!; var x = {expression};");

        Assert.That(errors, Is.Not.Empty.And.All.Contains("CS1929").Or.All.Contains("CS1061"));
    }

    [Test]
    public void Compile_rightOrder_compiles() =>
        Assert.That(Compiling.Snippet.Errors("IDataSource source = null!; ITrainer trainer = null!; var x = Pipeline.From(source).Clean().Split().Train(trainer).Evaluate().Export(\"a.onnx\").WithSeed(1);"), Is.Empty);

    private sealed record Row(float X, string Y);
}
