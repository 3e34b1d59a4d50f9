using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests;

/// <summary>Real tables through the whole pipeline to ONNX Runtime, each beside what predicting the mean or the commonest class gives.</summary>
internal sealed class LinearPipelineTests
{
    // Gradient boosting reaches an AUC of 0.93 here.
    [Test]
    public async Task Logistic_incomes_are_told_apart_and_exported()
    {
        var run = await Run(Csv.File(TestData.Shared("tabular/adult.csv"), label: "label(IsOver50K)"), Linear.Logistic());
        Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.895));
        var model = (LinearModel)run.Model;
        var age = model.Coefficients.Single(coefficient => coefficient.Name == "age");
        Assert.That(age.Value / age.StandardError, Is.GreaterThan(5), "the older earn more, beyond doubt");
        Assert.That(run.Model.History!.Training[^1], Is.LessThan(0.34));
    }

    [Test]
    public async Task Logistic_digits_are_told_apart_and_exported()
    {
        var run = await Run(Csv.File(TestData.Shared("tabular/digits.csv"), label: "label", options => options with { Types = new Dictionary<string, ColumnType> { ["label"] = ColumnType.Text } }), Linear.Logistic());
        Assert.That(run.Evaluation["accuracy"], Is.GreaterThan(0.94));
        Assert.That(((LinearModel)run.Model).Intercepts, Has.Count.EqualTo(10));
    }

    // The mean alone gives 115,000.
    [Test]
    public async Task Ridge_house_prices_are_predicted_and_exported()
    {
        var run = await Run(Csv.File(TestData.Shared("tabular/california-housing.csv"), label: "median_house_value"), Linear.Ridge());
        Assert.That(run.Evaluation["rmse"], Is.LessThan(73_000));
    }

    // The mean alone gives 77.
    [Test]
    public async Task Lasso_diabetes_is_predicted_by_few_features_and_exported()
    {
        var run = await Run(Csv.File(TestData.Shared("tabular/diabetes.csv"), label: "target"), Linear.Lasso(o => o with { Alpha = 3 }));
        Assert.That(run.Evaluation["rmse"], Is.LessThan(60));
        Assert.That(((LinearModel)run.Model).Coefficients.Count(coefficient => coefficient.Value == 0), Is.InRange(2, 7));
    }

    [Test]
    public async Task ElasticNet_diabetes_is_predicted_and_exported()
    {
        var run = await Run(Csv.File(TestData.Shared("tabular/diabetes.csv"), label: "target"), Linear.ElasticNet(o => o with { Alpha = 0.1 }));
        Assert.That(run.Evaluation["rmse"], Is.LessThan(60));
    }

    [Test]
    public async Task Logistic_of_missing_values_and_categories_predicts_raw_rows()
    {
        using var folder = new TemporaryFolder();
        var run = await Given.ShopPipeline().Train(Linear.Logistic()).Evaluate().Export(folder.File("shop.onnx")).RunAsync();
        Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.9));
        Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(1e-6));
    }

    private static async Task<PipelineRun> Run(IDataSource source, ITrainer trainer)
    {
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(source).Clean().Split().Train(trainer).Evaluate().Export(folder.File("model.onnx")).RunAsync();
        Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(1e-6));
        return run;
    }
}
