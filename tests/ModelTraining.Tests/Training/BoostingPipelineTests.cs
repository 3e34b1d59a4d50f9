namespace ModelTraining.Tests;

/// <summary>Gradient boosting's options through the whole pipeline to ONNX Runtime.</summary>
internal sealed class BoostingPipelineTests
{
    [Test]
    public async Task Objective_with_a_link_is_in_the_exported_model()
    {
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(Csv.File(TestData.Shared("tabular/bike-sharing-hour-train.csv"), label: "cnt", options => options with { Ids = ["instant", "casual", "registered"] }))
            .Clean().Split().Train(Trees.GradientBoosting(o => o with { Objective = BoostingObjective.Poisson, Trees = 50 })).Evaluate().Export(folder.File("model.onnx")).RunAsync();

        using var predictor = Predictor.Load(folder.File("model.onnx"));
        Assert.Multiple(() =>
        {
            Assert.That(run.Evaluation["r2"], Is.GreaterThan(0.85));
            Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(5e-6));
            Assert.That(predictor.Predict(run.Table.Take([0])).Single().Value, Is.GreaterThan(0));
            Assert.That(run.ToHtml(), Does.Contain("poisson_deviance").And.Contain("<code>Objective</code> Poisson"));
        });
    }

    [Test]
    public void Constraint_that_names_no_column_says_which_it_may_be()
    {
        var pipeline = Pipeline.From(Csv.File(TestData.Shared("tabular/diabetes.csv"), label: "target")).Clean().Split().Train(Trees.GradientBoosting(o => o with { MonotoneIncreasing = ["bmi", "bq"] }));
        var failure = Assert.ThrowsAsync<ModelTrainingException>(async () => await pipeline.RunAsync());
        Assert.That(failure!.Message, Does.Contain("MonotoneIncreasing names 'bq', which is no feature. Did you mean 'bp'"));
    }
}
