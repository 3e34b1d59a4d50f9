using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Tuning;

internal sealed class TuneEnsembleTests
{
    [Test]
    public async Task Tune_auto_putsTheBestTogether_whereThatIsBetter_inOneGraph()
    {
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(Given.Shop(900)).Clean().Split(test: 0.2, validation: 0.3)
            .Tune(Tune.Auto(TimeSpan.FromMinutes(5)), o => o with { Trials = 7, Metric = Metrics.LogLoss }).Evaluate().Export(folder.File("auto.onnx")).RunAsync();
        var report = run.Report<TuneReport>()!;
        var ensemble = report.Ensemble!;

        Assert.That(report.Trials.Take(5).Select(trial => report.Settings(trial)["Trainer"]), Is.EqualTo(new[] { "GradientBoosting", "RandomForest", "ExtraTrees", "Linear", "Mlp" }), "each at its defaults first");
        Assert.That(report.Trials.Select(trial => trial.Reason), Is.All.Null);
        Assert.That(report.Settings(report.Trials[0])["GradientBoosting.LearningRate"], Is.EqualTo("0.1"));
        Assert.That(ensemble.IsUsed, ensemble.Reason);
        Assert.That(ensemble.Value, Is.LessThan(ensemble.BestValue));
        Assert.That(ensemble.Members.Sum(member => member.Share), Is.EqualTo(1).Within(1e-12));
        var model = (EnsembleModel)run.Model;
        Assert.That(model.Members.Count, Is.EqualTo(ensemble.Members.Count).And.GreaterThan(1));
        Assert.That(model.Weights.OrderDescending(), Is.EqualTo(ensemble.Members.Select(member => (float)member.Share)).Within(1e-6));
        Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(Parity.Tolerance));
        Assert.That(run.Evaluation["log_loss"], Is.LessThan(run.Evaluation.Baseline["log_loss"]));
        Assert.That(run.ToHtml(), Does.Contain("An ensemble of the best").And.Contain("The best of each trainer"));
        Assert.That(report.ToString(), Does.Contain(ensemble.Reason));
    }

    [Test]
    public async Task Tune_anEnsembleThatIsNoBetter_isShown_andNotUsed()
    {
        // The second model knows nothing that the first does not.
        var run = await Given.ShopPipeline(900).Tune(
            space =>
            {
                var guess = space.Choice("guess", false, true).StartAt(false);
                return trial => trial.Get(guess) ? Baselines.Constant() : Linear.Logistic();
            },
            o => o with { Trials = 2, Ensemble = 2, Sampler = new GridSampler(), Metric = Metrics.LogLoss }).Evaluate().RunAsync();
        var ensemble = run.Report<TuneReport>()!.Ensemble!;

        Assert.That(ensemble.IsUsed, Is.False);
        Assert.That(ensemble.Reason, Is.EqualTo("The best trial alone is better than any mean with another.").Or.StartsWith("An ensemble is no better: "));
        Assert.That(run.Model, Is.InstanceOf<LinearModel>());
    }

    [Test]
    public async Task Tune_anEnsembleOfNoise_isNotUsed()
    {
        // Of models that all guess at random one looks best on the rows that choose. What is held back shows that nothing is gained.
        var random = new SeededRandom(5);
        var rows = Enumerable.Range(0, 600).Select(_ => new Point(random.NextDouble(), random.NextDouble(), random.NextDouble(), random.Next(2) == 0 ? "a" : "b")).ToList();
        var run = await Pipeline.From(Records.Of(rows, label: "Label")).Split(test: 0.2, validation: 0.4).Tune(
            space =>
            {
                var seed = space.Int("leaves", 2, 40);
                return trial => Trees.ExtraTrees(o => o with { Trees = 3, Leaves = trial.Get(seed) });
            },
            o => o with { Trials = 10, Ensemble = 10 }).Evaluate().RunAsync();
        var report = run.Report<TuneReport>()!;

        Assert.That(report.Best.Value, Is.GreaterThan(0.52), "chosen by the rows that measure");
        Assert.That(report.Ensemble!.BestValue, Is.LessThan(report.Best.Value), "chosen without the rows that measure");
    }

    [Test]
    public async Task Tune_ensembleResumed_hasTheSameMembersAndModel()
    {
        using var folder = new TemporaryFolder();
        Task<PipelineRun> Run(string journal, int trials) => Given.ShopPipeline(900).Tune(Small, o => o with { Trials = trials, Ensemble = 4, Metric = Metrics.LogLoss, Storage = new JournalFile(folder.File(journal)) }).Evaluate().RunAsync();

        var whole = await Run("whole.jsonl", 8);
        await Run("parts.jsonl", 4);
        await Run("parts.jsonl", 8);
        var again = await Run("parts.jsonl", 8);

        Assert.That(again.Report<TuneReport>()!.Ensemble!.Members, Is.EqualTo(whole.Report<TuneReport>()!.Ensemble!.Members));
        Assert.That(again.Report<TuneReport>()!.Ensemble!.Value, Is.EqualTo(whole.Report<TuneReport>()!.Ensemble!.Value));
        Assert.That(again.Evaluation.Metrics, Is.EqualTo(whole.Evaluation.Metrics));
        Assert.That(again.Warnings, Is.EqualTo(whole.Warnings));
    }

    [Test]
    public async Task Tune_withATimeBudget_endsBeforeIt_withRefitAndEnsemble()
    {
        using var folder = new TemporaryFolder();
        var clock = new ManualClock();
        async Task<(PipelineRun Run, double Minutes)> Run(int budget)
        {
            var begun = clock.GetTimestamp();
            var run = await Given.ShopPipeline(900).Tune(
                space =>
                {
                    var leaves = space.Int("leaves", 2, 31, log: true);
                    return trial => new SlowTrainer(Trees.GradientBoosting(o => o with { Trees = 10, Leaves = trial.Get(leaves) }), clock, minutes: 4);
                },
                o => o with { TimeBudget = TimeSpan.FromMinutes(budget), Ensemble = 4, Metric = Metrics.LogLoss, Storage = new JournalFile(folder.File("study.jsonl")) }).Evaluate().WithTime(clock).RunAsync();
            return (run, clock.GetElapsedTime(begun).TotalMinutes);
        }

        var first = await Run(18);
        Assert.That(first.Minutes, Is.LessThanOrEqualTo(18), "four trials, and a fifth that is given back");
        Assert.That(first.Run.Report<TuneReport>()!.Trials, Has.Count.EqualTo(4));
        Assert.That(first.Run.Report<TuneReport>()!.Ensemble!.Members, Is.Not.Empty);

        var second = await Run(11);
        Assert.That(second.Minutes, Is.LessThanOrEqualTo(11));
        Assert.That(second.Run.Report<TuneReport>()!.Trials, Has.Count.GreaterThanOrEqualTo(4));

        var third = await Run(4);
        Assert.That(third.Minutes, Is.EqualTo(4), "the best again, and neither a trial nor the other members");
        Assert.That(third.Run.Report<TuneReport>()!.Ensemble!.IsUsed, Is.False);
        Assert.That(third.Run.Warnings, Has.None.Contain("trained again"), "it has its score again");
    }

    [Test]
    public void Counts_addsWhatMakesTheMeanBest_andStopsWhereNothingDoes()
    {
        // Errors of the first two cancel one another; the third is worse than both.
        float[] truth = [1, 2, 3, 4];
        EvaluatedRows Said(params float[] outputs) => new(truth, outputs, [], 0);
        var counts = GreedySelection.Counts([Said(2, 1, 4, 3), Said(0, 3, 2, 5.5f), Said(9, 9, 9, 9)], Squared, () => false)!;

        Assert.That(counts, Is.EqualTo(new[] { 1, 1, 0 }).Or.EqualTo(new[] { 5, 4, 0 }).Or.EqualTo(new[] { 6, 5, 0 }));
        Assert.That(GreedySelection.Mean([Said(2, 1, 4, 3), Said(0, 3, 2, 5.5f), Said(9, 9, 9, 9)], [1, 1, 0]), Is.EqualTo(new[] { 1, 2, 3, 4.25f }));
        Assert.That(GreedySelection.Counts([Said(1, 2, 3, 4), Said(2, 3, 4, 5)], Squared, () => false), Is.EqualTo(new[] { 1, 0 }));
        Assert.That(GreedySelection.Counts([Said(1, 2, 3, 4), Said(2, 3, 4, 5)], Squared, () => true), Is.Null);

        static double Squared(EvaluatedRows rows) => rows.Targets.Zip(rows.Outputs, (target, output) => (target - output) * (double)(target - output)).Sum();
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return Case("MT1829", "Got 1", o => o with { Ensemble = 1 });
        yield return Case("MT1830", "knows nothing of other objectives", o => o with { Ensemble = 3, Objectives = [TuneObjective.Of(Metrics.LogLoss), TuneObjective.ModelSize] });
        yield return Case("MT1830", "Leave 'Ensemble' out", o => o with { Ensemble = 3, Constraints = [TuneObjective.ModelSize.AtMost(1000)] });

        static TestCaseData Case(string id, string says, Func<TuneOptions, TuneOptions> configure) => new TestCaseData(id, says, configure).SetArgDisplayNames(id, says);
    }

    [TestCaseSource(nameof(Wrong))]
    public void RunAsync_anEnsembleThatCantBe_isAnError(string id, string says, Func<TuneOptions, TuneOptions> configure)
    {
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(() => Given.ShopPipeline(100).Tune(Small, configure).RunAsync())!;

        Assert.That(thrown.Problems.Select(problem => problem.Id), Is.EqualTo(new[] { id }));
        Assert.That(thrown.Message, Does.Contain(says).And.Contain("Tune, TuneEnsembleTests.cs:"));
    }

    [Test]
    public async Task Tune_aSmallValidationPart_hasNoEnsemble_andSaysWhy()
    {
        var run = await Given.ShopPipeline(100).Tune(Small, o => o with { Trials = 3, Ensemble = 3 }).RunAsync();

        Assert.That(run.Report<TuneReport>()!.Ensemble!.Reason, Does.StartWith("No ensemble: the validation part has ").And.Contain("at least 50"));
    }

    private static Func<SearchSpace, Func<Trial, ITrainer>> Small { get; } = space =>
    {
        var leaves = space.Int("leaves", 2, 31, log: true);
        return trial => Trees.GradientBoosting(o => o with { Trees = 10, Leaves = trial.Get(leaves) });
    };

    private sealed record Point(double A, double B, double C, string Label);

    /// <summary>Takes minutes of a clock, and looks after each whether it is to stop.</summary>
    private sealed class SlowTrainer(ITrainer inner, ManualClock clock, int minutes) : ITrainer
    {
        public string Name => inner.Name;

        public TrainerNeeds Needs => inner.Needs;

        public IEnumerable<Problem> Validate() => inner.Validate();

        public ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
        {
            for (var i = 0; i < minutes; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                clock.Advance(TimeSpan.FromMinutes(1));
            }

            cancellationToken.ThrowIfCancellationRequested();
            return inner.TrainAsync(data, context, cancellationToken);
        }
    }
}
