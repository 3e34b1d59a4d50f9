namespace ModelTraining.Benchmarks;

/// <summary>The tables, each with the metric that tells most about it.</summary>
internal static class RealData
{
    public static IEnumerable<(string Name, IDataSource Source, string Metric, LearningTask Task)> All(string folder) =>
    [
        ("iris", Csv.File(Path.Combine(folder, "iris.csv"), label: "label"), "accuracy", LearningTask.MulticlassClassification),
        ("cancer", Csv.File(Path.Combine(folder, "breast-cancer-wdbc.csv"), label: "label"), "roc_auc", LearningTask.BinaryClassification),
        ("adult", Adult(folder), "roc_auc", LearningTask.BinaryClassification),
        ("california", Csv.File(Path.Combine(folder, "california-housing.csv"), label: "median_house_value"), "rmse", LearningTask.Regression),
        ("taxi", Csv.File(Path.Combine(folder, "taxi-fare-train-20k.csv"), label: "fare_amount"), "rmse", LearningTask.Regression),
    ];

    public static IDataSource Adult(string folder) => Csv.File(Path.Combine(folder, "adult.csv"), label: "label(IsOver50K)", o => o with { Ignored = ["fnlwgt"] });
}
