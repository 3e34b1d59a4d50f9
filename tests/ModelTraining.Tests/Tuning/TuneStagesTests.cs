using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Tuning;

/// <summary>Tune of what stands before the split.</summary>
internal sealed class TuneStagesTests
{
    [Test]
    public async Task Tune_cleaningBeforeTheSplit_goesOnWithThatOfTheBest_whichIsExported()
    {
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(Given.Shop()).Tune(
            space =>
            {
                var fill = space.Choice("fill", "median", "mean").StartAt("median");
                var far = space.Float("far", 0.5, 4).StartAt(1.5);
                return (trial, start) => start
                    .Clean(o => o with { Outliers = Outliers.Iqr(trial.Get(far)).Clip(), Missing = trial.Get(fill) == "mean" ? MissingValues.Mean : MissingValues.Median })
                    .Split().Train(Given.SmallTrees);
            },
            o => o with { Trials = 6 }).Evaluate().Export(folder.File("shop.onnx")).RunAsync();
        var report = run.Report<TuneReport>()!;
        var best = report.Best;

        var alone = await Pipeline.From(Given.Shop())
            .Clean(o => o with { Outliers = Outliers.Iqr(best.Parameters["far"]).Clip(), Missing = report.Settings(best)["fill"] == "mean" ? MissingValues.Mean : MissingValues.Median })
            .Split().Train(Given.SmallTrees).Evaluate().RunAsync();

        Assert.That(run.Timings.Select(timing => timing.Stage), Is.EqualTo(new[] { "Read", "Tune", "Evaluate", "Export" }));
        Assert.That(report.Trials.Select(trial => trial.Reason), Is.All.Null);
        Assert.That(run.Evaluation.Metrics, Is.EqualTo(alone.Evaluation.Metrics), "the best trial's stages and model, as if nothing else had been tried");
        Assert.That(run.Report<CleanReport>()!.ToString(), Is.EqualTo(alone.Report<CleanReport>()!.ToString()));
        Assert.That(run.Split.TestRows.ToArray(), Is.EqualTo(alone.Split.TestRows.ToArray()));
        Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(Parity.Tolerance));
    }

    [Test]
    public async Task Tune_stagesBeforeTheSplit_areJudgedByTheSameRows_whateverTheyDropOfTheTrainingRows()
    {
        var judged = new List<string>();
        var run = await Pipeline.From(Given.Shop(300)).Tune(
            space =>
            {
                var step = space.Int("step", 1, 3).StartAt(1);
                return (trial, start) => start.Use(DropsSomeOfTheTrainingRows(trial.Get(step))).Split().Train(new FunctionTrainer((data, context, token) =>
                {
                    judged.Add(string.Join(' ', data.ValidationRows.ToArray().Select(row => data.Target.Values[row])));
                    Assert.That(data.TrainingRows.Length, Is.LessThanOrEqualTo(210 / trial.Get(step) + 20));
                    return Train(data, context, token);
                }));
            },
            o => o with { Trials = 3, Sampler = new GridSampler() }).Evaluate().RunAsync();

        Assert.That(run.Report<TuneReport>()!.Trials.Select(trial => trial.Reason), Is.All.Null);
        Assert.That(judged, Has.Count.GreaterThanOrEqualTo(3).And.All.EqualTo(judged[0]));
        Assert.That(run.Split.ValidationRows.Length, Is.EqualTo(30));
        Assert.That(run.Split.TestRows.Length, Is.EqualTo(60));
    }

    [Test]
    public async Task Tune_aStageThatDropsRowsThatJudge_failsItsTrialsWithThatReason()
    {
        var run = await Pipeline.From(Given.Shop(300)).Tune(
            space =>
            {
                var rows = space.Choice("rows", 300, 280).StartAt(300);
                return (trial, start) => start.Use(new FunctionStage("Head", (table, _) => table.Take([.. Enumerable.Range(0, trial.Get(rows))]))).Split().Train(Given.SmallTrees);
            },
            o => o with { Trials = 2, Sampler = new GridSampler() }).RunAsync();
        var trials = run.Report<TuneReport>()!.Trials;

        Assert.That(trials.Select(trial => trial.State), Is.EqualTo(new[] { TrialState.Complete, TrialState.Failed }));
        Assert.That(trials[1].Reason, Does.StartWith("MT2606: The stages before Split drop ").And.Contain("of the 90 rows that judge all trials").And.Contain("Drop rows by a treatment"));
    }

    [Test]
    public async Task Tune_rowsThatTheFirstSettingsDrop_areInNoTrial()
    {
        var counts = new List<int>();
        var run = await Pipeline.From(Given.Shop(300)).Tune(
            space =>
            {
                var rows = space.Choice("rows", 200, 300).StartAt(200);
                return (trial, start) => start.Use(new FunctionStage("Head", (table, _) => table.Take([.. Enumerable.Range(0, trial.Get(rows))]))).Split().Train(new FunctionTrainer((data, context, token) =>
                {
                    counts.Add(data.Features.RowCount);
                    return Train(data, context, token);
                }));
            },
            o => o with { Trials = 2, Sampler = new GridSampler() }).RunAsync();

        Assert.That(run.Report<TuneReport>()!.Trials.Select(trial => trial.State), Is.All.EqualTo(TrialState.Complete));
        Assert.That(counts, Is.All.EqualTo(200), "a row that is one too many may be the double of one that judges");
    }

    [Test]
    public async Task Tune_aStageThatChangesTheLabel_failsItsTrialsWithThatReason()
    {
        var run = await Pipeline.From(Given.Shop(300)).Tune(
            space =>
            {
                var turn = space.Choice("turn", "nothing", "the labels", "the classes").StartAt("nothing");
                return (trial, start) => start.Use(new FunctionStage("Turn", (table, _) => Turned(table, trial.Get(turn)))).Split().Train(Given.SmallTrees);
            },
            o => o with { Trials = 3, Sampler = new GridSampler() }).RunAsync();
        var trials = run.Report<TuneReport>()!.Trials;

        Assert.That(trials.Select(trial => trial.State), Is.EqualTo(new[] { TrialState.Complete, TrialState.Failed, TrialState.Failed }));
        Assert.That(trials[1].Reason, Does.StartWith("MT2607: ").And.Contain("of the source has another label"));
        Assert.That(trials[2].Reason, Does.StartWith("MT2607: ").And.Contain("[no!, yes!]").And.Contain("[no, yes]"));
    }

    [Test]
    public async Task Tune_ofTheSplitItself_failsItsTrialsWithThatReason()
    {
        var run = await Pipeline.From(Given.Shop(300)).Tune(
            space =>
            {
                var test = space.Choice("test", 0.2, 0.4).StartAt(0.2);
                return (trial, start) => start.Clean().Split(test: trial.Get(test)).Train(Given.SmallTrees);
            },
            o => o with { Trials = 2, Sampler = new GridSampler() }).RunAsync();

        Assert.That(run.Report<TuneReport>()!.Trials[1].Reason, Does.StartWith("MT2608: ").And.Contain("can't be tuned"));
    }

    [Test]
    public async Task Tune_stagesWithTheSameOptions_areDoneOnce_andWhatFollowsIsShared()
    {
        var runs = 0;
        var stage = new FunctionStage("Count", (table, _) =>
        {
            runs++;
            return table;
        });
        var transform = new CountingTransform();
        var run = await Pipeline.From(Given.Shop(300)).Tune(
            space =>
            {
                var far = space.Choice("far", 1.5, 3.0).StartAt(1.5);
                var leaves = space.Int("leaves", 2, 5);
                return (trial, start) => start.Clean(o => o with { Outliers = Outliers.Iqr(trial.Get(far)).Clip() }).Use(stage).Split().Use(transform)
                    .Features(o => o with { Encoding = CategoryEncoding.Ordinal }).Train(Trees.GradientBoosting(o => o with { Trees = 3, Leaves = trial.Get(leaves) }));
            },
            o => o with { Trials = 8, Sampler = new GridSampler { Points = 4 } }).RunAsync();

        Assert.That(run.Report<TuneReport>()!.Trials.Select(trial => trial.Reason), Is.All.Null);
        Assert.That(runs, Is.EqualTo(2), "once for each way to clean");
        Assert.That(transform.Fits, Is.EqualTo(2));
    }

    [Test]
    public async Task Tune_stagesBeforeTheSplit_stoppedAndResumed_hasTheSameScoresAgain()
    {
        using var folder = new TemporaryFolder();
        Task<PipelineRun> Run(string journal, int trials) => Pipeline.From(Given.Shop(300)).Tune(
            space =>
            {
                var far = space.Float("far", 0.5, 4);
                return (trial, start) => start.Clean(o => o with { Outliers = Outliers.Iqr(trial.Get(far)).Drop() }).Split().Train(Given.SmallTrees);
            },
            o => o with { Trials = trials, Storage = new JournalFile(folder.File(journal)) }).Evaluate().RunAsync();

        var whole = await Run("whole.jsonl", 8);
        await Run("parts.jsonl", 4);
        await Run("parts.jsonl", 8);
        var again = await Run("parts.jsonl", 8);

        Assert.That(again.Report<TuneReport>()!.Trials.Select(trial => trial.Value), Is.EqualTo(whole.Report<TuneReport>()!.Trials.Select(trial => trial.Value)));
        Assert.That(again.Evaluation.Metrics, Is.EqualTo(whole.Evaluation.Metrics));
        Assert.That(again.Warnings, Is.EqualTo(whole.Warnings), "the best has its score again");
    }

    [Test]
    public void RunAsync_aFunctionThatBeginsAnotherPipeline_isAnError()
    {
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(() => Pipeline.From(Given.Shop(100)).Tune(
            space =>
            {
                space.Bool("b");
                return (_, _) => Given.ShopPipeline(100).Train(Given.SmallTrees);
            }).RunAsync())!;

        Assert.That(thrown.Id, Is.EqualTo("MT1827"));
        Assert.That(thrown.Message, Does.Contain("begins another pipeline").And.Contain("Tune, TuneStagesTests.cs:"));
    }

    [Test]
    public void RunAsync_foldsOfTrialsThatBeginBeforeTheSplit_isAnError()
    {
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(() => Pipeline.From(Given.Shop(100)).Tune(
            space =>
            {
                var far = space.Float("far", 0.5, 4);
                return (trial, start) => start.Clean(o => o with { Outliers = Outliers.Iqr(trial.Get(far)) }).Split().Train(Given.SmallTrees);
            },
            o => o with { Folds = 3 }).RunAsync())!;

        Assert.That(thrown.Id, Is.EqualTo("MT1828"));
        Assert.That(thrown.Message, Does.Contain("Tune, TuneStagesTests.cs:").And.Contain("Leave 'Folds' out"));
    }

    [Test]
    public void RunAsync_trialsThatDivideByOtherThanSplit_isAnError()
    {
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(() => Pipeline.From(Given.Shop(100)).Tune(
            space =>
            {
                var far = space.Float("far", 0.5, 4);
                return (trial, start) => start.Clean(o => o with { Outliers = Outliers.Iqr(trial.Get(far)) }).CrossValidate(3).Train(Given.SmallTrees);
            }).RunAsync())!;

        Assert.That(thrown.Id, Is.EqualTo("MT1827"));
        Assert.That(thrown.Message, Does.Contain("have no Split").And.Contain("Tune, TuneStagesTests.cs:"));
    }

    [Test]
    public async Task Tune_balancing_goesOnWithThatOfTheBest()
    {
        var run = await Given.ShopPipeline(300).Tune(
            space =>
            {
                var balance = space.Choice("balance", "none", "weights", "more").StartAt("none");
                return (trial, start) => (trial.Get(balance) switch
                {
                    "weights" => start.Balance(ClassWeights.Balanced),
                    "more" => start.Balance(Resample.RandomOver()),
                    _ => start,
                }).Train(Given.SmallTrees);
            },
            o => o with { Trials = 3, Sampler = new GridSampler(), Metric = Metrics.LogLoss }).Evaluate().RunAsync();
        var report = run.Report<TuneReport>()!;

        Assert.That(report.Trials.Select(trial => trial.Reason), Is.All.Null);
        Assert.That(report.Trials.Select(trial => trial.Value).Distinct().Count(), Is.EqualTo(3));
        Assert.That(run.Report<BalanceReport>() is null, Is.EqualTo(report.Settings(report.Best)["balance"] == "none"));
    }

    private static FunctionStage DropsSomeOfTheTrainingRows(int step) => new("Thin", (table, context) =>
    {
        var split = new Splitter(new SplitOptions()).Split(new TargetEncoder().Encode(table, context.Warn), table.RowCount, new SeededRandom(42).Fork("split"), context.Warn);
        var training = split.TrainingRows.ToArray().ToHashSet();
        return table.Take([.. Enumerable.Range(0, table.RowCount).Where(row => !training.Contains(row) || row % step == 0)]);
    });

    private static Table Turned(Table table, string what)
    {
        var label = (TextColumn)table["returns"];
        return what switch
        {
            "the labels" => table.With(label.Map(category => category == "yes" ? "no" : "yes")),
            "the classes" => table.With(label.Map(category => category + "!")),
            _ => table,
        };
    }

    private static TrainedModel Train(TrainingData data, TrainingContext context, CancellationToken token) => Given.SmallTrees.TrainAsync(data, context, token).AsTask().GetAwaiter().GetResult();
}
