using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace ModelTraining.Tests;

/// <summary>Options have ML.NET's names and defaults, so that its documentation holds.</summary>
internal sealed class OptionDefaultTests
{
    private static readonly string[] SetByTheTask = ["Seed", "NumberOfThreads", "EarlyStoppingRule", "Deterministic", "ForceColumnWise"];

    private static IEnumerable<TestCaseData> Cases =>
    [
        new(new FastTreeOptions(), new FastTreeBinaryTrainer.Options()),
        new(new FastTreeOptions() with { UnbalancedSets = false }, new FastTreeRegressionTrainer.Options()),
        new(new FastForestOptions(), new FastForestBinaryTrainer.Options()),
        new(new FastForestOptions(), new FastForestRegressionTrainer.Options()),
        new(new GamOptions(), new GamBinaryTrainer.Options()),
        new(new GamOptions(), new GamRegressionTrainer.Options()),
        new(new SdcaOptions(), new SdcaLogisticRegressionBinaryTrainer.Options()),
        new(new SdcaOptions(), new SdcaMaximumEntropyMulticlassTrainer.Options()),
        new(new SdcaOptions(), new SdcaRegressionTrainer.Options()),
        new(new LbfgsOptions(), new LbfgsLogisticRegressionBinaryTrainer.Options()),
        new(new LbfgsOptions(), new LbfgsMaximumEntropyMulticlassTrainer.Options()),
        new(new LbfgsOptions(), new LbfgsPoissonRegressionTrainer.Options()),
        new(new LightGbmOptions(), new LightGbmBinaryTrainer.Options()),
        new(new LightGbmOptions(), new LightGbmMulticlassTrainer.Options()),
        new(new LightGbmOptions(), new LightGbmRegressionTrainer.Options()),
        new(new LightGbmOptions(), new GradientBooster.Options()),
        new(new OlsOptions(), new OlsTrainer.Options()),
        new(new MatrixFactorizationOptions(), new MatrixFactorizationTrainer.Options()),
        new(new AveragedPerceptronOptions(), new AveragedPerceptronTrainer.Options()),
        new(new LinearSvmOptions(), new LinearSvmTrainer.Options()),
    ];

    [TestCaseSource(nameof(Cases))]
    public void Options_defaults_areThoseOfMLNet(object ours, object theirs)
    {
        var known = 0;
        foreach (var property in ours.GetType().GetProperties().Where(property => !SetByTheTask.Contains(property.Name)))
        {
            var value = theirs.GetType().GetField(property.Name)?.GetValue(theirs) ?? theirs.GetType().GetProperty(property.Name)?.GetValue(theirs);
            var isOfOneTask = property.Name is "UnbalancedSets" or "PositiveInstanceWeight";
            var isNullable = property.GetValue(ours) is null;
            // LightGBM's are on two objects, of which each is compared.
            if (value is null && (isOfOneTask || isNullable || ours is LightGbmOptions)) continue;
            known++;
            // Null stands for ML.NET's own, which differs from task to task.
            if (!isNullable) Assert.That(property.GetValue(ours), Is.EqualTo(value), property.Name);
        }

        Assert.That(known, Is.GreaterThan(0));
    }
}
