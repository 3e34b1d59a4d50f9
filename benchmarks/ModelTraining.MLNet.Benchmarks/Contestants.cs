namespace ModelTraining.Benchmarks;

/// <summary>The trainers with their default options (but OLS, whose L2 weight is raised, as one-hot columns need it, and GAM, which would take minutes), and the tasks that they can do.</summary>
internal static class Contestants
{
    private static readonly LearningTask[] Every = Enum.GetValues<LearningTask>();
    private static readonly LearningTask[] Classes = [LearningTask.BinaryClassification, LearningTask.MulticlassClassification];

    public static IReadOnlyList<(string Name, Func<ITrainer> Make, LearningTask[] Tasks)> All { get; } =
    [
        ("Trees.GradientBoosting", () => Trees.GradientBoosting(), Every),
        ("Trees.RandomForest", () => Trees.RandomForest(), Every),
        ("MLNet.FastTree", () => MLNet.FastTree(), Every),
        ("MLNet.FastForest", () => MLNet.FastForest(), Every),
        ("MLNet.Gam", () => MLNet.Gam(o => o with { NumberOfIterations = 500, LearningRate = 0.02 }), Every),
        ("MLNet.LightGbm", () => MLNet.LightGbm(), Every),
        ("MLNet.Ols", () => MLNet.Ols(o => o with { L2Regularization = 0.1f }), [LearningTask.Regression]),
        ("MLNet.Sdca", () => MLNet.Sdca(), Every),
        ("MLNet.Lbfgs", () => MLNet.Lbfgs(), Every),
        ("MLNet.AveragedPerceptron", () => MLNet.AveragedPerceptron(), Classes),
        ("MLNet.LinearSvm", () => MLNet.LinearSvm(), Classes),
    ];
}
