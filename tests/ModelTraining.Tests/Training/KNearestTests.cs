namespace ModelTraining.Tests;

internal sealed class KNearestTests
{
    [Test]
    public void Predict_numbers_is_the_weighted_mean_of_the_nearest()
    {
        var fit = new Fit([[0, 1, 2, 10, 11, 12]], [1, 2, 6, 10, 20, 60], 0, [1, 1, 2, 1, 1, 0]);
        var model = fit.Train<TrainedModel>(Neighbors.KNearest(o => o with { Neighbors = 2 }));
        // 12 has no weight, so its own nearest are 11 and 10.
        Assert.That(fit.Predict(model), Is.EqualTo(new[] { 1.5f, 1.5f, (2 + 12) / 3f, 15, 15, 15 }).Within(1e-6));
    }

    [Test]
    public void Predict_equals_the_definition_on_any_number_of_threads([Values(0, 2, 3)] int classes)
    {
        var fit = Fit.Random(300, 4, classes);
        var model = fit.Train<TrainedModel>(Neighbors.KNearest(o => o with { Neighbors = 7 }));
        var outputs = fit.Predict(model);
        Assert.That(fit.Predict(model, 4), Is.EqualTo(outputs));
        for (var row = 0; row < 300; row += 10)
        {
            double Distance(int other) => Enumerable.Range(0, 4).Sum(feature => Math.Pow(fit.Features.Column(feature)[row] - fit.Features.Column(feature)[other], 2));
            var nearest = fit.AllRows.OrderBy(Distance).Take(7).ToArray();
            if (classes == 0) Assert.That(outputs[row], Is.EqualTo(nearest.Average(other => fit.Target.Values[other])).Within(1e-5));
            else for (var c = 0; c < classes; c++) Assert.That(outputs[(row * classes) + c], Is.EqualTo(nearest.Count(other => fit.Target.Values[other] == c) / 7.0).Within(1e-6));
        }
    }

    [Test]
    public void Predict_rows_as_near_prefers_the_earlier()
    {
        var fit = new Fit([[3, 3, 3, 3, 3]], [1, 2, 3, 4, 5]);
        Assert.That(fit.Predict(fit.Train<TrainedModel>(Neighbors.KNearest(o => o with { Neighbors = 2 }))), Is.All.EqualTo(1.5f));
    }

    // More training rows than the graph compares with at a time, of few categories: many are as near.
    [Test]
    public async Task KNearest_customers_are_told_apart_and_exported()
    {
        var run = await Run(Csv.File(TestData.Shared("tabular/telco-churn.csv"), label: "Churn", options => options with { Ids = ["customerID"] }), Neighbors.KNearest(o => o with { Neighbors = 25 }));
        Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.79));
        Assert.That(run.Split.TrainingRows.Length, Is.GreaterThan(4096));
    }

    // The mean alone gives 77.
    [Test]
    public async Task KNearest_diabetes_is_predicted_and_exported()
    {
        var run = await Run(Csv.File(TestData.Shared("tabular/diabetes.csv"), label: "target"), Neighbors.KNearest(o => o with { Neighbors = 15 }));
        Assert.That(run.Evaluation["rmse"], Is.LessThan(64));
    }

    [Test]
    public async Task KNearest_digits_are_told_apart_and_exported()
    {
        var source = Csv.File(TestData.Shared("tabular/digits.csv"), label: "label", options => options with { Types = new Dictionary<string, ColumnType> { ["label"] = ColumnType.Text } });
        Assert.That((await Run(source, Neighbors.KNearest())).Evaluation["accuracy"], Is.GreaterThan(0.955));
    }

    [Test]
    public void Train_more_neighbors_than_rows_takes_all_and_says_so()
    {
        var fit = new Fit([[1, 2, 3]], [1, 2, 6]);
        Assert.That(fit.Predict(fit.Train<TrainedModel>(Neighbors.KNearest())), Is.All.EqualTo(3f));
        Assert.That(fit.Warnings.Single(), Does.Contain("5 neighbours").And.Contain("3 training rows"));
    }

    [Test]
    public void CheckSize_large_model_warns_and_one_larger_than_a_file_is_refused()
    {
        var warnings = new List<string>();
        KNearestTrainer.CheckSize(800_000, 50, 2, warnings.Add);
        Assert.That(warnings, Is.Empty);
        KNearestTrainer.CheckSize(800_000, 60, 2, warnings.Add);
        Assert.That(warnings.Single(), Does.Contain("800000 training rows").And.Contain("211 MB"));
        var error = Assert.Throws<ModelTrainingException>(() => KNearestTrainer.CheckSize(800_000, 700, 2, warnings.Add));
        Assert.That(error!.Message, Does.Contain("MT2458").And.Contain("2.3 GB"));
    }

    [Test]
    public void Validate_wrong_option_is_named_with_its_value()
    {
        var problem = Neighbors.KNearest(o => o with { Neighbors = 0 }).Validate().Single();
        Assert.That(problem.ToString(), Does.StartWith("MT1470: The 'Neighbors' option").And.EndWith("Got 0."));
    }

    private static async Task<PipelineRun> Run(IDataSource source, ITrainer trainer)
    {
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(source).Clean().Split().Train(trainer).Evaluate().Export(folder.File("model.onnx")).RunAsync();
        Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(1e-6));
        return run;
    }
}
