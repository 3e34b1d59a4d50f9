using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.ML;

namespace ModelTraining.Tests;

/// <summary>What every trainer has to hold, on made-up rows.</summary>
internal sealed class TrainerConformanceTests
{
    [TestCaseSource(typeof(Trainers), nameof(Trainers.Cases))]
    public void Train_equalsMLNetUsedDirectly(string name, LearningTask task)
    {
        foreach (var weighted in new[] { false, true })
        {
            var sample = new Sample(task, weighted: weighted);
            Assert.That(sample.Predict(sample.Train(Trainers.Make(name))), Is.EqualTo(DirectMLNet.TrainAndPredict(name, sample.Data)), $"weighted: {weighted}");
        }
    }

    [TestCaseSource(typeof(Trainers), nameof(Trainers.Cases))]
    public void Train_sameSeed_sameBitsOnAnyNumberOfThreads(string name, LearningTask task)
    {
        var sample = new Sample(task);
        var once = sample.Predict(sample.Train(Trainers.Make(name, null), seed: 3));
        Assert.That(sample.Predict(sample.Train(Trainers.Make(name, null), threads: 3, seed: 3), threads: 2), Is.EqualTo(once));
    }

    [TestCaseSource(typeof(Trainers), nameof(Trainers.Cases))]
    public void Train_beatsTheBaseline_andClassesHaveProbabilities(string name, LearningTask task)
    {
        var sample = new Sample(task, rows: 900);
        var outputs = sample.Predict(sample.Train(Trainers.Make(name)));
        var target = sample.Data.Target;
        var count = target.OutputCount;
        if (task == LearningTask.Regression)
        {
            var mean = target.Values.ToArray().Average();
            Assert.That(outputs.Select((value, row) => Math.Pow(value - target.Values[row], 2)).Average(), Is.LessThan((name is "Sdca" or "Lbfgs" or "Ols" ? 0.95 : 0.7) * target.Values.ToArray().Average(value => Math.Pow(value - mean, 2))));
            return;
        }

        var right = 0;
        for (var row = 0; row < target.Values.Length; row++)
        {
            var shares = outputs.AsSpan(row * count, count).ToArray();
            Assert.That(shares.Sum(), Is.EqualTo(1).Within(1e-5));
            Assert.That(shares, Is.All.InRange(0, 1));
            if (Array.IndexOf(shares, shares.Max()) == (int)target.Values[row]) right++;
        }

        var most = target.Values.ToArray().CountBy(value => value).Max(pair => pair.Value);
        Assert.That(right, Is.GreaterThan(most + 20));
    }

    [TestCaseSource(typeof(Trainers), nameof(Trainers.Cases))]
    public void Train_cancelled_throwsThat(string name, LearningTask task)
    {
        var sample = new Sample(task);
        using var before = new CancellationTokenSource();
        before.Cancel();
        Assert.That(() => sample.Train(Trainers.Make(name), cancellationToken: before.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Train_cancelledOnTheWay_endsLongBeforeItsTime([Values("FastTree", "FastForest", "Sdca", "Lbfgs")] string name)
    {
        ITrainer endless = name switch
        {
            "FastTree" => MLNet.FastTree(o => o with { NumberOfTrees = 1_000_000 }),
            "FastForest" => MLNet.FastForest(o => o with { NumberOfTrees = 1_000_000 }),
            "Sdca" => MLNet.Sdca(o => o with { MaximumNumberOfIterations = 1_000_000, ConvergenceTolerance = 1e-12f, ConvergenceCheckFrequency = 0 }),
            _ => MLNet.Lbfgs(o => o with { OptimizationTolerance = 1e-30f, L1Regularization = 0, L2Regularization = 0 }),
        };
        var sample = new Sample(LearningTask.BinaryClassification, rows: name == "Lbfgs" ? 200_000 : 2000);
        using var source = new CancellationTokenSource();
        var context = new TrainingContext
        {
            // Trees have read all of their rows by then, and look for nothing but ML.NET's own sign; the others read on.
            Log = (_, message) =>
            {
                if (name is "Sdca" or "Lbfgs" || message.Contains("Starting to train", StringComparison.Ordinal)) source.Cancel();
            },
            Threads = 1,
        };
        Assert.That(async () => await endless.TrainAsync(sample.Data, context, source.Token).AsTask().WaitAsync(TimeSpan.FromSeconds(60)), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Train_temporaryFiles_areGone()
    {
        var before = Directory.GetDirectories(Path.GetTempPath(), "ModelTraining-*");
        var sample = new Sample(LearningTask.Regression);
        sample.Train(MLNet.FastTree(o => o with { NumberOfTrees = 2 }));
        Assert.That(Directory.GetDirectories(Path.GetTempPath(), "ModelTraining-*"), Is.SubsetOf(before));
    }

    [Test]
    public void Train_thatFailsOrIsCancelled_leavesNoTemporaryFiles()
    {
        var made = new List<string>();
        ITrainer Failing(Action then) => MLNet.Use(context =>
        {
            made.Add(context.TempFilePath);
            File.WriteAllText(Path.Combine(context.TempFilePath, "left.tmp"), "");
            then();
            return context.Regression.Trainers.Sdca();
        });
        var sample = new Sample(LearningTask.Regression);
        using var source = new CancellationTokenSource();
        Assert.That(() => sample.Train(Failing(() => throw new InvalidOperationException("no"))), Throws.InstanceOf<ModelTrainingException>().With.Message.Contains("MT3300"));
        Assert.That(() => sample.Train(Failing(source.Cancel), cancellationToken: source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(made, Is.Not.Empty);
        Assert.That(made.Where(Directory.Exists), Is.Empty);
    }

    [Test]
    public async Task Train_inAPipeline_logsWithMLNetsLevels()
    {
        var log = new ListLogger();
        await Pipeline.From(Csv.File(TestData.Shared("tabular/breast-cancer-wdbc.csv"), label: "label")).WithLogger(log).Split().Train(MLNet.FastTree(o => o with { NumberOfTrees = 2 })).RunAsync();
        Assert.That(log.Entries, Has.Some.Matches<(LogLevel Level, string Text)>(entry => entry.Level == LogLevel.Information && entry.Text.Contains("Starting to train", StringComparison.Ordinal)));
        Assert.That(log.Entries, Has.Some.Matches<(LogLevel Level, string Text)>(entry => entry.Level < LogLevel.Information && entry.Text.Contains("MLNet.FastTree", StringComparison.Ordinal)));
    }

    [Test]
    public void Train_whatMLNetSays_isToldWithItsLevel()
    {
        var sample = new Sample(LearningTask.Regression);
        sample.Train(MLNet.FastTree(o => o with { NumberOfTrees = 2 }));
        Assert.That(sample.Log.Where(said => said.Level == TraceLevel.Info).Select(said => said.Message), Has.Some.Contains("Starting to train"));
        Assert.That(sample.Log.Where(said => said.Level == TraceLevel.Verbose), Is.Not.Empty);
    }

    [Test]
    public void Train_trees_sayWhichFeaturesMatter([Values("FastTree", "FastForest", "LightGbm")] string name, [Values(LearningTask.Regression, LearningTask.BinaryClassification)] LearningTask task)
    {
        var importances = new Sample(task).Train(Trainers.Make(name)).Importances;
        Assert.That(importances.Take(2).Select(importance => importance.Feature), Is.EquivalentTo(new[] { "x0", "x1" }));
        Assert.That(importances.Sum(importance => importance.Gain), Is.EqualTo(1).Within(1e-9));
    }

    [Test]
    public void Train_earlyStopping_takesFewerTreesThanAsked()
    {
        var sample = new Sample(LearningTask.Regression, rows: 900, validation: 300);
        int Splits(ITrainer trainer) => sample.Train(trainer).Importances.Sum(importance => importance.Splits);
        var all = Splits(MLNet.FastTree(o => o with { NumberOfTrees = 400 }));
        Assert.That(Splits(MLNet.FastTree(o => o with { NumberOfTrees = 400, EarlyStoppingRule = new Microsoft.ML.Trainers.FastTree.TolerantEarlyStoppingRule() })), Is.LessThan(all / 2));
    }

    [Test]
    public void Train_earlyStoppingOfLightGbm_takesFewerTreesThanAsked()
    {
        var sample = new Sample(LearningTask.Regression, rows: 900, validation: 300);
        int Splits(ITrainer trainer) => sample.Train(trainer).Importances.Sum(importance => importance.Splits);
        var all = Splits(MLNet.LightGbm(o => o with { NumberOfIterations = 400 }));
        Assert.That(Splits(MLNet.LightGbm(o => o with { NumberOfIterations = 400, EarlyStoppingRound = 5 })), Is.LessThan(all / 2));
    }

    [Test]
    public void Train_weightsThatNobodyTakes_areTold()
    {
        var sample = new Sample(LearningTask.BinaryClassification, weighted: true);
        sample.Train(MLNet.AveragedPerceptron());
        Assert.That(sample.Warnings, Has.Some.Contains("MLNet.AveragedPerceptron takes no weights"));
    }
}
