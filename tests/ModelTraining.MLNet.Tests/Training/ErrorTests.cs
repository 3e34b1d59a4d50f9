using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace ModelTraining.Tests;

/// <summary>What goes wrong is told with its id, what was found, and the fix.</summary>
internal sealed class ErrorTests
{
    [Test]
    public void Validate_optionsOutOfRange_areAllNamed()
    {
        var problems = MLNet.FastTree(o => o with { NumberOfTrees = 0, LearningRate = -1 }).Validate().Select(problem => problem.ToString());
        Assert.That(problems, Is.EqualTo(new[]
        {
            "MT1510: The 'NumberOfTrees' option of MLNet.FastTree must be at least 1. Got 0.",
            "MT1510: The 'LearningRate' option of MLNet.FastTree must be above 0. Got -1.",
        }));
    }

    [Test]
    public void Validate_defaults_areRight([ValueSource(typeof(Trainers), nameof(Trainers.All))] string name) => Assert.That(Trainers.Make(name).Validate(), Is.Empty);

    [Test]
    public void OneVersusAll_ofATrainerOfOthers_isRefused()
    {
        var problem = MLNet.OneVersusAll(Trees.RandomForest()).Validate().Single();
        Assert.That(problem.ToString(), Does.StartWith("MT1511").And.Contain("Got Trees.RandomForest").And.Contain("MLNet.LinearSvm()"));
    }

    [Test]
    public void Use_noEstimator_isNamed() => Throws("MT1512", LearningTask.Regression, MLNet.Use(_ => null!), "returned null", "Return one");

    [Test]
    public void Train_whatMLNetRefuses_keepsItsReason() =>
        Throws("MT3300", LearningTask.Regression, MLNet.Use(context => context.Transforms.NormalizeMinMax("Nowhere").Append(context.Regression.Trainers.Sdca())), "MLNet.Use", "Nowhere");

    [Test]
    public void Train_numbersByATrainerOfClasses_isRefused() => Throws("MT3301", LearningTask.Regression, MLNet.LinearSvm(), "MLNet.LinearSvm tells classes apart, and 'y' is a number", "Use MLNet.FastTree");

    [Test]
    public void Train_estimatorOfAnotherTask_isRefused() =>
        Throws("MT3304", LearningTask.MulticlassClassification, MLNet.Use(context => context.MulticlassClassification.Trainers.NaiveBayes()), "no probabilities", "MLNet.OneVersusAll");

    [Test]
    public void Train_estimatorThatPredictsNothing_isRefused() =>
        Throws("MT3304", LearningTask.Regression, MLNet.Use(context => context.Transforms.NormalizeMinMax("Features")), "no 'Score'", "Use an estimator of that task");

    [Test]
    public void Train_earlyStoppingWithoutValidation_isRefused() =>
        Throws("MT3305", LearningTask.Regression, MLNet.FastTree(o => o with { EarlyStoppingRule = new GeneralityLossRule() }), "no validation part", "Split(validation: 0.1)");

    [Test]
    public void Train_earlyStoppingOfLightGbmWithoutValidation_isRefused() =>
        Throws("MT3305", LearningTask.Regression, MLNet.LightGbm(o => o with { EarlyStoppingRound = 5 }), "EarlyStoppingRound of 5", "Split(validation: 0.1)");

    [Test]
    public void Train_missingValues_areRefused()
    {
        var features = new FeatureSet([new FeatureInfo("x")], [new float[] { 1, float.NaN, 3 }]);
        var data = new TrainingData(features, new Target("y", LearningTask.Regression, new float[] { 1, 2, 3 }, []), new[] { 0, 1, 2 }, default);
        var error = Assert.ThrowsAsync<ModelTrainingException>(async () => await MLNet.Sdca().TrainAsync(data, new TrainingContext(), default));
        Assert.That(error!.Id, Is.EqualTo("MT2454"));
    }

    [Test]
    public void Train_notFiniteSomewhereInALongColumn_isFound([Values(0, 500, 999)] int row, [Values(float.NaN, float.PositiveInfinity, float.NegativeInfinity)] float value)
    {
        var error = Assert.ThrowsAsync<ModelTrainingException>(async () => await MLNet.Sdca().TrainAsync(With(row, value, rows: 1000), new TrainingContext(), default));
        Assert.That(error!.Message, Does.StartWith("MT2454").And.Contain($"of row {row} "));
    }

    [Test]
    public void Train_notFiniteInARowThatIsNotLearnedFrom_isLetThrough() =>
        Assert.That(async () => await MLNet.Sdca().TrainAsync(With(row: 999, float.NaN, rows: 999), new TrainingContext(), default), NUnit.Framework.Throws.Nothing);

    private static TrainingData With(int row, float value, int rows)
    {
        float[] x = [.. Enumerable.Range(0, 1000).Select(i => (float)Math.Sin(i))];
        float[] y = [.. x.Select(one => 2 * one)];
        x[row] = value;
        return new TrainingData(new FeatureSet([new FeatureInfo("x")], [x]), new Target("y", LearningTask.Regression, y, []), Enumerable.Range(0, rows).ToArray(), default);
    }

    private static void Throws(string id, LearningTask task, ITrainer trainer, params string[] parts)
    {
        var error = Assert.Throws<ModelTrainingException>(() => new Sample(task).Train(trainer));
        Assert.That(error!.Id, Is.EqualTo(id), error.Message);
        foreach (var part in parts) Assert.That(error.Message, Does.Contain(part));
    }
}
