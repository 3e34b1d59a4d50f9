using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests;

internal sealed class BaselinesTests
{
    [Test]
    public void Constant_numbers_predicts_the_weighted_mean()
    {
        var fit = new Fit([[1, 2, 3]], [10, 20, 90], 0, [1, 3, 0]);
        Assert.That(fit.Predict(fit.Train<TrainedModel>(Baselines.Constant())), Is.All.EqualTo(17.5f));
    }

    [Test]
    public void Constant_classes_predicts_their_weighted_shares()
    {
        var fit = new Fit([[float.NaN, 2, 3, 4]], [0, 1, 1, 2], 3, [1, 1, 1, 2]);
        Assert.That(fit.Predict(fit.Train<TrainedModel>(Baselines.Constant()))[..3], Is.EqualTo(new[] { 0.2f, 0.4f, 0.4f }));
    }

    [Test]
    public async Task Constant_pipeline_is_exported_and_no_better_than_guessing()
    {
        using var folder = new TemporaryFolder();
        var run = await Given.ShopPipeline().Train(Baselines.Constant()).Evaluate().Export(folder.File("shop.onnx")).RunAsync();
        Assert.That(run.Evaluation["roc_auc"], Is.EqualTo(0.5));
        Assert.That(run.Exports.Single().Parity, Is.EqualTo(new Parity(run.Split.TestRows.Length, 0)));
        Assert.That(run.Model.Classes, Has.Count.EqualTo(2));
    }
}
