using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace ModelTraining.Tests;

/// <summary>Every trainer with every task that it can do, and what the same is in ML.NET's own words.</summary>
internal static class Trainers
{
    public const int Seed = 5;

    public static readonly string[] All = ["FastTree", "FastForest", "Gam", "Sdca", "Lbfgs", "AveragedPerceptron", "LinearSvm", "LightGbm", "Ols"];

    public static IEnumerable<TestCaseData> Cases =>
        from name in All
        from task in Enum.GetValues<LearningTask>()
        where name switch { "AveragedPerceptron" or "LinearSvm" => task != LearningTask.Regression, "Ols" => task == LearningTask.Regression, _ => true }
        select new TestCaseData(name, task).SetArgDisplayNames(name, task.ToString());

    /// <summary>Short of the defaults only where these take long.</summary>
    public static ITrainer Make(string name, int? seed = Seed) => name switch
    {
        "FastTree" => MLNet.FastTree(o => o with { NumberOfTrees = 30, Seed = seed, FeatureFraction = 0.8 }),
        "FastForest" => MLNet.FastForest(o => o with { NumberOfTrees = 30, Seed = seed }),
        "Gam" => MLNet.Gam(o => o with { NumberOfIterations = 200, LearningRate = 0.02, Seed = seed }),
        "Sdca" => MLNet.Sdca(o => o with { Seed = seed }),
        "Lbfgs" => MLNet.Lbfgs(o => o with { Seed = seed }),
        "AveragedPerceptron" => MLNet.AveragedPerceptron(o => o with { Seed = seed }),
        "LinearSvm" => MLNet.LinearSvm(o => o with { Seed = seed, NumberOfIterations = 5 }),
        "LightGbm" => MLNet.LightGbm(o => o with { NumberOfIterations = 30, FeatureFraction = 0.8, Seed = seed }),
        "Ols" => MLNet.Ols(o => o with { L2Regularization = 0.1f }),
        _ => throw new ArgumentException(name, nameof(name)),
    };

    /// <summary>What an author would write who uses ML.NET alone, with the columns 'Features', 'Label' and 'Weight'. The trainer is made first: a context draws the seeds of what it makes in their order.</summary>
    public static IEstimator<ITransformer> Direct(string name, LearningTask task, MLContext context, bool weighted)
    {
        var weight = weighted ? "Weight" : null;
        var two = context.BinaryClassification.Trainers;
        var number = context.Regression.Trainers;
        var more = context.MulticlassClassification.Trainers;
        var fastTree = new FastTreeBinaryTrainer.Options { NumberOfTrees = 30, Seed = Seed, FeatureSelectionSeed = Seed, FeatureFraction = 0.8, ExampleWeightColumnName = weight };
        var forest = new FastForestBinaryTrainer.Options { NumberOfTrees = 30, Seed = Seed, FeatureSelectionSeed = Seed, ExampleWeightColumnName = weight };
        var gam = new GamBinaryTrainer.Options { NumberOfIterations = 200, LearningRate = 0.02, Seed = Seed, ExampleWeightColumnName = weight };
        var svm = new LinearSvmTrainer.Options { NumberOfIterations = 5, ExampleWeightColumnName = weight };
        var perceptron = new AveragedPerceptronTrainer.Options { NumberOfIterations = 10 };
        var booster = new GradientBooster.Options { FeatureFraction = 0.8 };
        return (name, task) switch
        {
            ("LightGbm", LearningTask.Regression) => number.LightGbm(new LightGbmRegressionTrainer.Options { NumberOfIterations = 30, Booster = booster, Seed = Seed, NumberOfThreads = 1, Deterministic = true, ForceColumnWise = true, ExampleWeightColumnName = weight }),
            ("LightGbm", LearningTask.BinaryClassification) => two.LightGbm(new LightGbmBinaryTrainer.Options { NumberOfIterations = 30, Booster = booster, Seed = Seed, NumberOfThreads = 1, Deterministic = true, ForceColumnWise = true, ExampleWeightColumnName = weight }),
            ("LightGbm", _) => more.LightGbm(new LightGbmMulticlassTrainer.Options { NumberOfIterations = 30, Booster = booster, Seed = Seed, NumberOfThreads = 1, Deterministic = true, ForceColumnWise = true, ExampleWeightColumnName = weight }),
            ("Ols", _) => number.Ols(new OlsTrainer.Options { L2Regularization = 0.1f, ExampleWeightColumnName = weight }),
            ("FastTree", LearningTask.Regression) => number.FastTree(new FastTreeRegressionTrainer.Options { NumberOfTrees = 30, Seed = Seed, FeatureSelectionSeed = Seed, FeatureFraction = 0.8, ExampleWeightColumnName = weight }),
            ("FastTree", LearningTask.BinaryClassification) => two.FastTree(fastTree),
            ("FastTree", _) => more.OneVersusAll(two.FastTree(fastTree)),
            ("FastForest", LearningTask.Regression) => number.FastForest(new FastForestRegressionTrainer.Options { NumberOfTrees = 30, Seed = Seed, FeatureSelectionSeed = Seed, ExampleWeightColumnName = weight }),
            ("FastForest", LearningTask.BinaryClassification) => two.FastForest(forest).Append(context.BinaryClassification.Calibrators.Platt(exampleWeightColumnName: weight)),
            ("FastForest", _) => more.OneVersusAll(two.FastForest(forest)),
            ("Gam", LearningTask.Regression) => number.Gam(new GamRegressionTrainer.Options { NumberOfIterations = 200, LearningRate = 0.02, Seed = Seed, ExampleWeightColumnName = weight }),
            ("Gam", LearningTask.BinaryClassification) => two.Gam(gam),
            ("Gam", _) => more.OneVersusAll(two.Gam(gam)),
            ("Sdca", LearningTask.Regression) => number.Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = 1, ExampleWeightColumnName = weight }),
            ("Sdca", LearningTask.BinaryClassification) => two.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1, ExampleWeightColumnName = weight }),
            ("Sdca", _) => more.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1, ExampleWeightColumnName = weight }),
            ("Lbfgs", LearningTask.Regression) => number.LbfgsPoissonRegression(new LbfgsPoissonRegressionTrainer.Options { NumberOfThreads = 1, ExampleWeightColumnName = weight }),
            ("Lbfgs", LearningTask.BinaryClassification) => two.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1, ExampleWeightColumnName = weight }),
            ("Lbfgs", _) => more.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1, ExampleWeightColumnName = weight }),
            ("AveragedPerceptron", LearningTask.BinaryClassification) => two.AveragedPerceptron(perceptron).Append(context.BinaryClassification.Calibrators.Platt()),
            ("AveragedPerceptron", _) => more.OneVersusAll(two.AveragedPerceptron(perceptron)),
            ("LinearSvm", LearningTask.BinaryClassification) => two.LinearSvm(svm).Append(context.BinaryClassification.Calibrators.Platt(exampleWeightColumnName: weight)),
            ("LinearSvm", _) => more.OneVersusAll(two.LinearSvm(svm)),
            _ => throw new ArgumentException(name, nameof(name)),
        };
    }
}
