namespace ModelTraining.Tests;

/// <summary>Each trainer on real tables, through the pipeline: bit-equal to ML.NET used directly on the same rows, better than a stated score, and exported.</summary>
internal sealed class RealDataTests
{
    private static readonly string[] OfClasses = [.. Trainers.All.Except(["Ols"])];

    [Test]
    public Task Iris([ValueSource(nameof(OfClasses))] string name) =>
        RunAsync(name, Csv.File(TestData.Shared("tabular/iris.csv"), label: "label"), "accuracy", 0.85);

    [Test]
    public Task BreastCancer([ValueSource(nameof(OfClasses))] string name) =>
        RunAsync(name, Csv.File(TestData.Shared("tabular/breast-cancer-wdbc.csv"), label: "label"), "roc_auc", 0.98);

    [Test]
    public Task Adult([ValueSource(nameof(OfClasses))] string name) =>
        RunAsync(name, Csv.File(TestData.Shared("tabular/adult.csv"), label: "label(IsOver50K)", o => o with { Ignored = ["fnlwgt"] }), "roc_auc", 0.87);

    [Test]
    public Task CaliforniaHousing([Values("FastTree", "FastForest", "Gam", "Sdca", "Lbfgs", "LightGbm", "Ols")] string name) =>
        RunAsync(name, Csv.File(TestData.Shared("tabular/california-housing.csv"), label: "median_house_value"), "r2", 0.5);

    [Test]
    public Task TaxiFare([Values("FastTree", "FastForest", "Gam", "Sdca", "Lbfgs", "LightGbm", "Ols")] string name) =>
        RunAsync(name, Csv.File(TestData.Shared("tabular/taxi-fare-train-20k.csv"), label: "fare_amount"), "r2", 0.5);

    private static async Task RunAsync(string name, IDataSource source, string metric, double least)
    {
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(source).Clean().Split(validation: 0).Train(new ComparedTrainer(name)).Evaluate().Export(folder.File("model.onnx")).RunAsync();
        TestContext.Out.WriteLine($"{metric} {run.Evaluation[metric]}, parity {run.Exports.Single().Parity.LargestDifference}");
        Assert.That(run.Evaluation[metric], Is.GreaterThan(least));
    }
}
