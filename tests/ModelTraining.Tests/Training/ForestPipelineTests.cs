namespace ModelTraining.Tests;

/// <summary>Forests through the whole pipeline to ONNX Runtime.</summary>
internal sealed class ForestPipelineTests
{
    [Test]
    public async Task Forest_customers_are_told_apart_and_exported([Values] bool extra)
    {
        using var folder = new TemporaryFolder();
        var trainer = extra ? Trees.ExtraTrees(o => o with { Trees = 50 }) : Trees.RandomForest(o => o with { Trees = 50 });
        var run = await Pipeline.From(Csv.File(TestData.Shared("tabular/telco-churn.csv"), label: "Churn", options => options with { Ids = ["customerID"] }))
            .Clean().Split().Train(trainer).Evaluate().Export(folder.File("model.onnx")).RunAsync();
        Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.8));
        Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(2e-6));
    }

    // The mean alone gives 77.
    [Test]
    public async Task Forest_diabetes_is_predicted_and_exported()
    {
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(Csv.File(TestData.Shared("tabular/diabetes.csv"), label: "target")).Clean().Split().Train(Trees.RandomForest()).Evaluate().Export(folder.File("model.onnx")).RunAsync();
        Assert.That(run.Evaluation["rmse"], Is.LessThan(64));
    }
}
