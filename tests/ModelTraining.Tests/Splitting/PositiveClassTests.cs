using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Splitting;

internal sealed class PositiveClassTests
{
    [Test]
    public async Task WithPositiveClass_otherClass_turnsTheClassesAroundAndLeavesTheRankingAlone()
    {
        var yes = await Given.ShopPipeline().Train(Given.SmallTrees).Evaluate().RunAsync();
        var no = await Given.ShopPipeline().Train(Given.SmallTrees).Evaluate().WithPositiveClass("no").RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(no.Model.Classes, Is.EqualTo(new[] { "yes", "no" }));
            Assert.That(no.Evaluation["roc_auc"], Is.EqualTo(yes.Evaluation["roc_auc"]).Within(0.02));
            Assert.That(no.Evaluation.ConfusionMatrix!.Classes, Is.EqualTo(new[] { "yes", "no" }));
        });
    }

    [Test]
    public void WithPositiveClass_unknownClass_namesTheNearest()
    {
        var error = Assert.ThrowsAsync<ModelTrainingException>(() => Given.ShopPipeline().Train(Given.SmallTrees).WithPositiveClass("yess").RunAsync());

        Assert.That(error!.Message, Does.Contain("MT1005").And.Contain("Did you mean 'yes'?"));
    }

    [Test]
    public void WithPositiveClass_regression_isAnError()
    {
        var pipeline = Pipeline.From(Csv.Text(Given.ShopCsv(), label: "spent")).Clean().Split().Train(Given.SmallTrees).WithPositiveClass("yes");

        Assert.That(Assert.ThrowsAsync<ModelTrainingException>(() => pipeline.RunAsync())!.Id, Is.EqualTo("MT1005"));
    }
}
