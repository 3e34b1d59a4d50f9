using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Tuning;

internal sealed class TuneTests
{
    private static Func<SearchSpace, Func<Trial, ITrainer>> Small { get; } = Tune.GradientBoosting(o => o with { Trees = 15 });

    [Test]
    public async Task Tune_aTrainer_goesOnWithTheBestModel_whichIsExportedAsAnyOther()
    {
        using var folder = new TemporaryFolder();
        var reports = new List<TrainingProgress>();

        var run = await Given.ShopPipeline().Tune(Small, o => o with { Trials = 8 }).Evaluate().Export(folder.File("shop.onnx")).WithProgress(new DirectProgress<TrainingProgress>(reports.Add)).RunAsync();

        var report = run.Report<TuneReport>()!;
        Assert.That(run.Timings.Select(timing => timing.Stage), Is.EqualTo(new[] { "Read", "Clean", "Split", "Tune", "Evaluate", "Export" }));
        Assert.That(report.Trials.Select(trial => trial.Number), Is.EqualTo(Enumerable.Range(0, 8)));
        Assert.That(report.Settings(report.Trials[0])["LearningRate"], Is.EqualTo("0.1"), "it begins at the defaults");
        Assert.That(report.Leaderboard[0], Is.EqualTo(report.Best));
        Assert.That(report.Best.Value, Is.EqualTo(report.Trials.Max(trial => trial.Value)).And.GreaterThan(0.8));
        Assert.That(report.ToString(), Does.StartWith("8 trials: 8 complete").And.Contain("LearningRate"));
        Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(Parity.Tolerance));
        Assert.That(reports.Last(told => told.Stage == "Tune"), Has.Property("Completed").EqualTo(8).And.Property("Total").EqualTo(8).And.Property("ValidationScore").EqualTo(report.Best.Value));
    }

    [Test]
    public async Task Tune_theBestTrialTrainedAlone_isTheSameModel()
    {
        var run = await Given.ShopPipeline().Tune(Small, o => o with { Trials = 6 }).Evaluate().RunAsync();
        var best = run.Report<TuneReport>()!.Best.Parameters;

        var alone = await Given.ShopPipeline().Train(Trees.GradientBoosting(o => o with
        {
            Trees = 15,
            LearningRate = best["LearningRate"],
            Leaves = (int)best["Leaves"],
            MinRowsPerLeaf = (int)best["MinRowsPerLeaf"],
            L2 = best["L2"],
            RowFraction = best["RowFraction"],
            ColumnFraction = best["ColumnFraction"],
        })).Evaluate().RunAsync();

        Assert.That(alone.Evaluation.Metrics, Is.EqualTo(run.Evaluation.Metrics));
        Assert.That(alone.Model.History!.Validation, Is.EqualTo(run.Model.History!.Validation));
    }

    [Test]
    public async Task Tune_stoppedAndResumed_isAsIfItHadNotBeen()
    {
        using var folder = new TemporaryFolder();
        Task<PipelineRun> Run(string journal, int trials) =>
            Given.ShopPipeline().Tune(Small, o => o with { Trials = trials, Storage = new JournalFile(folder.File(journal)) }).Evaluate().RunAsync();

        var whole = await Run("whole.jsonl", 13);
        await Run("parts.jsonl", 5);
        await Run("parts.jsonl", 13);
        var again = await Run("parts.jsonl", 13);

        Assert.That(again.Report<TuneReport>()!.Trials.Select(trial => (trial.Value, string.Join(' ', trial.Parameters))), Is.EqualTo(whole.Report<TuneReport>()!.Trials.Select(trial => (trial.Value, string.Join(' ', trial.Parameters)))));
        Assert.That(again.Evaluation.Metrics, Is.EqualTo(whole.Evaluation.Metrics), "the best was trained again");
        Assert.That(again.Warnings, Is.EqualTo(whole.Warnings));
    }

    [Test]
    public async Task Tune_withCheckpoints_keepsItsStudyThere()
    {
        using var folder = new TemporaryFolder();
        var pipeline = Given.ShopPipeline().Tune(Small, o => o with { Trials = 2 }).WithCheckpoints(folder.Path);
        await pipeline.RunAsync();

        Assert.That(File.ReadAllLines(folder.File("study.jsonl")), Has.Length.EqualTo(5), "a study, and two trials asked for and told");
    }

    [Test]
    public void Tune_goesOnWithAStudyOfOtherData_isAnError()
    {
        using var folder = new TemporaryFolder();
        TrainedPipeline On(int rows) => Given.ShopPipeline(rows).Tune(Small, o => o with { Trials = 1, Storage = new JournalFile(folder.File("study.jsonl")) });
        Assert.DoesNotThrowAsync(() => On(600).RunAsync());
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(() => On(500).RunAsync())!;

        Assert.That(thrown.Id, Is.EqualTo("MT4401"));
        Assert.That(thrown.Message, Does.Contain("Tune, TuneTests.cs:"));
    }

    [Test]
    public async Task Tune_featuresAndTrainer_goesOnWithTheFeaturesOfTheBest()
    {
        var run = await Given.ShopPipeline().Tune(
            space =>
            {
                var encoding = space.Choice("encoding", CategoryEncoding.OneHot, CategoryEncoding.Target);
                var alpha = space.Float("alpha", 1e-2, 100, log: true);
                return (trial, start) => start.Features(o => o with { Encoding = trial.Get(encoding) }).Train(Linear.Logistic(o => o with { Alpha = trial.Get(alpha) })).Calibrate();
            },
            o => o with { Trials = 6, Metric = Metrics.LogLoss }).Evaluate().RunAsync();

        var isOneHot = run.Report<TuneReport>()!.Settings(run.Report<TuneReport>()!.Best)["encoding"] == "OneHot";
        Assert.That(run.Model.Features.Any(feature => feature.Name.Contains("family", StringComparison.Ordinal)), Is.EqualTo(isOneHot));
        Assert.That(run.Report<CalibrationReport>(), Is.Not.Null);
        Assert.That(run.Report<TuneReport>()!.Best.Value, Is.EqualTo(run.Report<TuneReport>()!.Trials.Min(trial => trial.Value)), "less log_loss is better");
    }

    [Test]
    public async Task Tune_manyTrials_fitWhatTheyHaveInCommonOnce()
    {
        var transform = new CountingTransform();
        var run = await Pipeline.From(Given.Shop()).Clean().Split().Use(transform).Tune(Small, o => o with { Trials = 5 }).RunAsync();

        Assert.That(transform.Fits, Is.EqualTo(1));
        Assert.That(run.Report<TuneReport>()!.Trials, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Tune_trialsThatFail_keepTheirReason()
    {
        var run = await Given.ShopPipeline().Tune(
            space =>
            {
                var leaves = space.Int("leaves", 1, 8).StartAt(4);
                return trial => trial.Number % 2 == 1 ? Trees.GradientBoosting(o => o with { Trees = 5, Leaves = 1 }) : Trees.GradientBoosting(o => o with { Trees = 5, Leaves = Math.Max(2, trial.Get(leaves)) });
            },
            o => o with { Trials = 4 }).RunAsync();

        var failed = run.Report<TuneReport>()!.Trials.Where(trial => trial.State == TrialState.Failed).ToList();
        Assert.That(failed.Select(trial => trial.Number), Is.EqualTo(new[] { 1, 3 }));
        Assert.That(failed[0].Reason, Does.Contain("MT1402").And.Contain("Got 1"));
    }

    [Test]
    public void Tune_whereAllTrialsFail_saysWhy()
    {
        var broken = new FunctionTrainer((_, _, _) => throw new InvalidOperationException("the disc is full"));
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(() => Given.ShopPipeline().Tune(space =>
        {
            space.Bool("b");
            return _ => broken;
        }, o => o with { Trials = 3 }).RunAsync())!;

        Assert.That(thrown.Id, Is.EqualTo("MT2600"));
        Assert.That(thrown.Message, Does.Contain("the disc is full").And.Contain("3 of them").And.Contain("Tune, TuneTests.cs:"));
    }

    [Test]
    public async Task Tune_withAPruner_givesTrialsUpByTheScoresThatTrainersTell()
    {
        var run = await Given.ShopPipeline().Tune(Small, o => o with { Trials = 5, Pruner = new AfterThirdStep() }).RunAsync();

        var trials = run.Report<TuneReport>()!.Trials;
        Assert.That(trials.Select(trial => trial.State), Is.EqualTo(new[] { TrialState.Complete, TrialState.Pruned, TrialState.Pruned, TrialState.Pruned, TrialState.Pruned }));
        Assert.That(trials[0].Reports.Select(report => report.Step), Is.EqualTo(Enumerable.Range(1, 15)), "of each tree, not some of them");
        Assert.That(trials[1].Reports, Has.Length.EqualTo(3));
        Assert.That(trials[0].Reports[^1].Value, Is.GreaterThan(trials[0].Reports[0].Value), "more is better of roc_auc, and of what is told");
    }

    [Test]
    public async Task Tune_networks_areGivenUpByTheirEpochs()
    {
        var run = await Given.ShopPipeline(200).Tune(Tune.Mlp(o => o with { Epochs = 6, Hidden = [16] }), o => o with { Trials = 2, Pruner = new AfterThirdStep() }).RunAsync();

        Assert.That(run.Report<TuneReport>()!.Trials[0].Reports.Select(report => report.Step), Is.EqualTo(Enumerable.Range(1, 6)));
        Assert.That(run.Report<TuneReport>()!.Trials[1].State, Is.EqualTo(TrialState.Pruned));
    }

    [Test]
    public async Task Tune_cancelled_keepsTheBestSoFar()
    {
        using var cancel = new CancellationTokenSource();
        var run = await Given.ShopPipeline().Tune(space =>
        {
            var leaves = space.Int("leaves", 2, 31);
            return trial =>
            {
                if (trial.Number == 3) cancel.Cancel();
                return Trees.GradientBoosting(o => o with { Trees = 5, Leaves = trial.Get(leaves) });
            };
        }, o => o with { Trials = 20 }).Evaluate().RunAsync(cancel.Token);

        Assert.That(run.Status, Is.EqualTo(RunStatus.Cancelled));
        Assert.That(run.Report<TuneReport>()!.Trials.Select(trial => trial.Number), Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.7));
    }

    [Test]
    public void Tune_cancelledBeforeTheFirstTrialIsComplete_isCancelled()
    {
        using var cancel = new CancellationTokenSource();

        Assert.CatchAsync<OperationCanceledException>(() => Given.ShopPipeline().Tune(space =>
        {
            space.Bool("b");
            return _ => new FunctionTrainer((_, _, token) =>
            {
                cancel.Cancel();
                throw new OperationCanceledException(token);
            });
        }).RunAsync(cancel.Token));
    }

    [TestCase(10, 3)]
    [TestCase(100, 7)]
    public async Task Tune_withATimeBudget_endsWithIt(int minutes, int trials)
    {
        var clock = new ManualClock();
        var run = await Given.ShopPipeline(200).Tune(space =>
        {
            space.Float("x", 0, 1);
            return _ =>
            {
                clock.Advance(TimeSpan.FromMinutes(4));
                return Given.SmallTrees;
            };
        }, o => o with { Trials = 7, TimeBudget = TimeSpan.FromMinutes(minutes) }).WithTime(clock).RunAsync();

        Assert.That(run.Report<TuneReport>()!.Trials, Has.Count.EqualTo(trials));
        Assert.That(run.Status, Is.EqualTo(RunStatus.Completed));
    }

    [Test]
    public async Task Tune_resumedWithATimeBudget_leavesTheTimeToTrainTheBestAgain()
    {
        using var folder = new TemporaryFolder();
        var clock = new ManualClock();
        Task<PipelineRun> Run(int budget) => Given.ShopPipeline(200).Tune(space =>
        {
            space.Float("x", 0, 1);
            return _ =>
            {
                clock.Advance(TimeSpan.FromMinutes(4));
                return Given.SmallTrees;
            };
        }, o => o with { TimeBudget = TimeSpan.FromMinutes(budget), Storage = new JournalFile(folder.File("study.jsonl")) }).WithTime(clock).RunAsync();

        Assert.That((await Run(2)).Report<TuneReport>()!.Trials, Has.Count.EqualTo(1));
        Assert.That((await Run(8)).Report<TuneReport>()!.Trials, Has.Count.EqualTo(2), "4 minutes for a trial, 4 for the best again, since all trials have the same score");
        Assert.That((await Run(4)).Report<TuneReport>()!.Trials, Has.Count.EqualTo(2), "no trial, the best again");
    }

    [Test]
    public void Tune_whereTheBudgetIsOverBeforeTheFirstTrial_saysSo()
    {
        var clock = new ManualClock();
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(() => Given.ShopPipeline(200).Tune(space =>
        {
            space.Float("x", 0, 1);
            return trial => new FunctionTrainer((_, _, token) => throw new OperationCanceledException());
        }, o => o with { Trials = 1, TimeBudget = TimeSpan.FromTicks(1) }).WithTime(new SteppingTime()).RunAsync())!;

        Assert.That(thrown.Id, Is.EqualTo("MT2602"));
        Assert.That(thrown.Message, Does.Contain("Give more time"));
    }

    private static IEnumerable<TestCaseData> ReadyMade()
    {
        yield return Case("GradientBoosting", Small);
        yield return Case("RandomForest", Tune.RandomForest(o => o with { Trees = 5 }));
        yield return Case("ExtraTrees", Tune.ExtraTrees(o => o with { Trees = 5, ColumnFraction = 0.5 }));
        yield return Case("Logistic", Tune.Logistic());
        yield return Case("Mlp", Tune.Mlp(o => o with { Epochs = 2 }));
        yield return Case("TabularResNet", Tune.TabularResNet(o => o with { Epochs = 1 }));

        static TestCaseData Case(string name, Func<SearchSpace, Func<Trial, ITrainer>> space) => new TestCaseData(space).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(ReadyMade))]
    public async Task Tune_aReadyMadeSpace_triesItsTrainer(Func<SearchSpace, Func<Trial, ITrainer>> space)
    {
        var run = await Given.ShopPipeline(200).Tune(space, o => o with { Trials = 2 }).RunAsync();

        Assert.That(run.Report<TuneReport>()!.Trials.Select(trial => trial.State), Is.All.EqualTo(TrialState.Complete));
    }

    [Test]
    public async Task Tune_aReadyMadeSpaceOfNumbers_triesItsTrainer([Values("Ridge", "ElasticNet", "Auto")] string name)
    {
        var space = name switch { "Ridge" => Tune.Ridge(), "ElasticNet" => Tune.ElasticNet(), _ => Tune.Auto() };
        var random = new SeededRandom(1);
        var rows = Enumerable.Range(0, 120).Select(_ => new Point(random.NextDouble(), random.NextDouble())).ToList();
        var run = await Pipeline.From(Records.Of(rows, label: "Y")).Split().Tune(space, o => o with { Trials = 6 }).RunAsync();

        Assert.That(run.Report<TuneReport>()!.Trials.Select(trial => trial.Reason), Is.All.Null);
    }

    [Test]
    public async Task Tune_auto_triesSeveralTrainers()
    {
        var run = await Given.ShopPipeline(200).Tune(Tune.Auto(), o => o with { Trials = 7 }).RunAsync();
        var report = run.Report<TuneReport>()!;

        Assert.That(report.Trials.Select(trial => trial.Reason), Is.All.Null);
        Assert.That(report.Trials.Select(trial => report.Settings(trial)["Trainer"]).Distinct().Count(), Is.GreaterThan(2));
        Assert.That(report.Settings(report.Trials[0]).Keys, Does.Contain("GradientBoosting.LearningRate"));
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return Case("MT1820", "at least 1. Got 0", Small, o => o with { Trials = 0 });
        yield return Case("MT1821", "more than 0", Small, o => o with { TimeBudget = TimeSpan.Zero });
        yield return Case("MT1802", "Got 3 to 1", space => { space.Int("n", 3, 1); return _ => Given.SmallTrees; }, o => o);
        yield return Case("MT1807", "no parameter", _ => _ => Given.SmallTrees, o => o);
        yield return Case("MT1810", "StartupTrials", Small, o => o with { Sampler = new TpeSampler { StartupTrials = 0 } });
        yield return Case("MT1402", "'Leaves'", space => { space.Int("n", 1, 3); return _ => Trees.GradientBoosting(o => o with { Leaves = 1 }); }, o => o);
        yield return Case("MT1822", "Mend the function", space => { space.Int("n", 1, 3); return _ => throw new InvalidOperationException("no"); }, o => o);
        yield return Case("MT1823", "Take one of", Small, o => o with { Metric = Metrics.RSquared });
        yield return Case("MT1823", "rmse", Small, o => o with { Constraints = [TuneObjective.Of(Metrics.RootMeanSquaredError).AtMost(1)] });
        yield return Case("MT1824", "roc_auc, and 'Objectives'", Small, o => o with { Metric = Metrics.AreaUnderRocCurve, Objectives = [TuneObjective.ModelSize] });
        yield return Case("MT1825", "model_size_bytes twice", Small, o => o with { Objectives = [TuneObjective.ModelSize, TuneObjective.ModelSize] });
        yield return Case("MT1826", "no finite limit", Small, o => o with { Constraints = [TuneObjective.ModelSize.AtMost(double.NaN)] });
        yield return Case("MT1813", "has 2", Small, o => o with { Objectives = [TuneObjective.ModelSize, TuneObjective.TrainingTime], Pruner = new MedianPruner() });

        static TestCaseData Case(string id, string says, Func<SearchSpace, Func<Trial, ITrainer>> space, Func<TuneOptions, TuneOptions> configure) => new TestCaseData(id, says, space, configure).SetArgDisplayNames(id, says);
    }

    [TestCaseSource(nameof(Wrong))]
    public void RunAsync_whatTuneWasGivenIsWrong_saysWhatAndWhere(string id, string says, Func<SearchSpace, Func<Trial, ITrainer>> space, Func<TuneOptions, TuneOptions> configure)
    {
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(() => Given.ShopPipeline().Tune(space, configure).RunAsync())!;

        Assert.That(thrown.Problems.Select(problem => problem.Id), Is.EqualTo(new[] { id }));
        Assert.That(thrown.Message, Does.Contain(says).And.Contain("Tune, TuneTests.cs:"));
    }

    [Test]
    public void RunAsync_withoutAValidationPart_isAnError()
    {
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(() => Pipeline.From(Given.Shop()).Split(validation: 0).Tune(Small).RunAsync())!;

        Assert.That(thrown.Id, Is.EqualTo("MT2330"));
        Assert.That(thrown.Message, Does.StartWith("MT2330: Tune works by the validation part"));
    }

    private sealed record Point(double X, double Y);

    /// <summary>Gives up every trial but the first after three steps.</summary>
    private sealed class AfterThirdStep : IPruner
    {
        public string Name => "after the third step";

        public IEnumerable<Problem> Validate() => [];

        public bool ShouldPrune(PrunerContext context) => context.Trial.Number > 0 && context.Step >= 3;
    }
}
